/** What becomes of attributes that are neither in a request to the engine nor refused: what `up` does, and more. */
export const elsewhere = {
  services: {
    attach: ['applies it', 'whose logs an attached `up` and `logs` show'],
    develop: ['ignores it', 'It is for `watch`, which comes later.'],
    env_file: ['reads it', 'into `environment`'],
    extends: ['resolves it', ''],
    post_start: ['applies it', 'executes the commands in each container after its start'],
    pre_start: ['applies it', 'runs a container for each command before a service of which nothing runs'],
    pre_stop: ['applies it', 'executes the commands in each running container before its stop'],
    provider: ['applies it', 'runs the program; its variables reach the services that depend on it'],
    label_file: ['reads it', 'into `labels`'],
    profiles: ['applies it', 'whether the service is there'],
  },
  deploy: {},
  networks: {},
  volumes: {},
  extension: {
    env: ['applies it', '`Env`: the host port of a port that a service publishes'],
  },
};

/** Members of the desired state that are no part of a request to the engine. */
export const memberWords = {
  namePrefix: 'the names of containers',
  image: 'the image',
  platform: 'the platform of the image',
  build: 'how the image is built',
  pullPolicy: 'when the image is pulled',
  scale: 'the number of containers',
  containerName: "the container's name",
  providers: 'what its program is told',
  models: 'fetched and set up by `docker model`',
  links: 'names of containers of the linked service, as `EndpointSettings.Links`',
  dependencies: 'the order of starts and stops, and what is waited for',
  networks: 'the networks',
  volumes: 'the volumes',
  files: 'copied into the container before its start',
  ready: 'the probe from outside that decides when it is ready',
  runOnce: 'whether a finished job runs again',
  restarts: 'what counts as the end of the container',
  hasHealthcheck: 'what is waited for',
  external: 'has to exist, is never made or removed',
  name: 'its name',
  disabledServices: 'whether the service is there',
};
