/** The version of Topsail, as `version` prints it and the version labels carry it. The same as in package.json. */
export const toolVersion = '0.1.0';

/** The version of Docker Compose whose behaviour Topsail keeps. */
export const composeVersion = '2.40.3';
