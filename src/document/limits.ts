/** Most levels of mappings and lists, aliases expanded. Far above any compose file, far below the call stack. */
export const maximumDepth = 400;

/** Most tokens of one text. */
export const maximumTokens = 3_000_000;

/** Most values of one document with every alias expanded. */
export const maximumValues = 1_000_000;

/** Most faults of one document that are reported; a reader fixes these first. */
export const maximumFaults = 100;
