/**
 * Members of attributes that have some: a file for a value of the attribute, a value to begin with, and for each key of the
 * schema what is added to it.
 * @typedef {object} MemberGroup
 * @property {string} title
 * @property {readonly string[]} at where the schema has the keys: a definition, and the way from it
 * @property {(value: object) => object} file
 * @property {object} base
 * @property {Readonly<Record<string, unknown>>} members
 * @property {Readonly<Record<string, object>>} [bases] other values to begin with
 * @property {Readonly<Record<string, readonly [string, string]>>} [words] what becomes of members that change nothing
 */

const web = (attributes, top = {}) => ({
  services: { web: { image: 'busybox', ...attributes }, db: { image: 'busybox' } },
  ...top,
});
const mount = (value) => web({ volumes: [value] }, { volumes: { data: {}, other: {} } });
const watched = ['ignores it', 'It is for `watch`.'];
const bind = { type: 'bind', source: '/s', target: '/t' };
const volume = { type: 'volume', source: 'data', target: '/t' };
const below = (name, base) => (value) => mount({ ...base, [name]: value });

/** @type {readonly MemberGroup[]} */
export const memberGroups = [
  {
    title: '`blkio_config`',
    at: ['blockIo'],
    file: (value) => web({ blkio_config: value }),
    base: {},
    members: {
      weight: 300,
      weight_device: [{ path: '/dev/a', weight: 100 }],
      ...Object.fromEntries(
        ['device_read_bps', 'device_read_iops', 'device_write_bps', 'device_write_iops'].map((key) => [
          key,
          [{ path: '/dev/a', rate: 100 }],
        ]),
      ),
    },
  },
  {
    title: '`configs` and `secrets` of a service',
    at: ['fileReferences', 'items'],
    file: (value) => web({ configs: [value] }, { configs: { one: { content: '1' }, two: { content: '2' } } }),
    base: { source: 'one' },
    members: { source: 'two', target: '/etc/one', uid: '1', gid: '1', mode: 0o400 },
  },
  {
    title: '`depends_on`',
    at: ['dependency'],
    file: (value) => web({ depends_on: { db: value } }),
    base: { condition: 'service_started' },
    members: { condition: 'service_healthy', required: false, restart: true },
  },
  {
    title: '`deploy.restart_policy`',
    at: ['deploy', 'restart_policy'],
    file: (value) => web({ deploy: { restart_policy: value } }),
    base: {},
    members: { condition: 'on-failure', delay: '1s', max_attempts: 3, window: '1s' },
  },
  {
    title: '`develop.watch`',
    at: ['develop', 'watch', 'items'],
    file: (value) => web({ build: '.', develop: { watch: [value] } }),
    base: { path: '.', action: 'sync', target: '/t' },
    members: {
      action: 'restart',
      exec: { command: 'true' },
      ignore: ['a'],
      include: ['b'],
      initial_sync: true,
      path: './src',
      target: '/u',
    },
    words: Object.fromEntries(
      ['action', 'exec', 'ignore', 'include', 'initial_sync', 'path', 'target'].map((key) => [key, watched]),
    ),
  },
  {
    title: '`devices`',
    at: ['service', 'devices', 'items'],
    file: (value) => web({ devices: [value] }),
    base: { source: '/dev/a', target: '/dev/b' },
    members: { source: '/dev/c', target: '/dev/d', permissions: 'r' },
  },
  {
    title: '`env_file`',
    at: ['environmentFiles', 'items'],
    file: (value) => web({ env_file: [value] }),
    base: { path: './none.env', required: false },
    members: { path: './other.env', format: 'raw', required: false },
    words: {
      path: ['reads it', 'into `environment`'],
      format: ['reads it', 'in that way'],
      required: ['applies it', 'whether a missing file is an error'],
    },
  },
  {
    title: '`gpus` and `deploy.resources.reservations.devices`',
    at: ['gpus', 'items'],
    file: (value) => web({ gpus: [value] }),
    base: {},
    bases: { device_ids: { count: undefined } },
    members: { capabilities: ['compute'], count: 2, device_ids: ['0'], driver: 'nvidia', options: { a: 'b' } },
  },
  {
    title: '`healthcheck`',
    at: ['healthcheck'],
    file: (value) => web({ healthcheck: value }),
    base: { test: 'true', start_period: '1s' },
    members: {
      disable: true,
      interval: '5s',
      retries: 5,
      start_interval: '1s',
      start_period: '9s',
      test: 'false',
      timeout: '5s',
    },
  },
  {
    title: '`logging`',
    at: ['service', 'logging'],
    file: (value) => web({ logging: value }),
    base: {},
    members: { driver: 'local', options: { 'max-size': '1m' } },
  },
  {
    title: '`models` of a service',
    at: ['service', 'models', '^[a-zA-Z0-9._-]+$'],
    file: (value) => web({ models: { small: value } }, { models: { small: { model: 'ai/small' } } }),
    base: {},
    members: { endpoint_var: 'U', model_var: 'M' },
  },
  {
    title: '`networks` of a service',
    at: ['membership'],
    // The first by name is the main one, unless another has a priority.
    file: ({ priority, ...value }) =>
      web({ networks: { a: value, b: priority === undefined ? {} : { priority } } }, { networks: { a: {}, b: {} } }),
    base: {},
    members: {
      aliases: ['a'],
      driver_opts: { a: 'b' },
      gw_priority: 1,
      interface_name: 'eth9',
      ipv4_address: '10.0.0.9',
      ipv6_address: 'fd00::9',
      link_local_ips: ['169.254.1.1'],
      mac_address: '02:42:ac:11:00:02',
      priority: 1,
    },
  },
  {
    title: '`ports`',
    at: ['port'],
    file: (value) => web({ ports: [value] }),
    base: { target: 80 },
    members: {
      app_protocol: 'http',
      host_ip: '127.0.0.1',
      mode: 'host',
      name: 'web',
      protocol: 'udp',
      published: '8080',
      target: 81,
    },
  },
  {
    title: '`provider`',
    at: ['service', 'provider'],
    file: (value) => web({ provider: value }),
    base: { type: 'one' },
    members: { type: 'two', options: { a: 'b' } },
  },
  {
    title: '`ulimits`',
    at: ['ulimits', '^[a-z]+$'],
    file: (value) => web({ ulimits: { nofile: value } }),
    base: { soft: 1, hard: 3 },
    members: { soft: 2, hard: 4 },
  },
  {
    title: '`volumes` of a service',
    at: ['mount'],
    file: mount,
    base: volume,
    bases: {
      bind: { ...bind, bind: undefined },
      tmpfs: { type: 'tmpfs', target: '/t' },
      image: { type: 'image', source: 'alpine', target: '/t' },
    },
    members: {
      bind: { propagation: 'rslave' },
      consistency: 'cached',
      image: { subpath: 'etc' },
      read_only: true,
      source: 'other',
      target: '/u',
      tmpfs: { size: '1m' },
      type: 'tmpfs',
      volume: { nocopy: true },
    },
    words: {
      consistency: [
        'warns',
        'Linux engines make nothing of it. A mount in object form (`HostConfig.Mounts`) hands it to the engine and needs no warning.',
      ],
    },
  },
  {
    title: '`volumes.bind`',
    at: ['mount', 'bind'],
    file: below('bind', bind),
    base: {},
    members: { create_host_path: true, propagation: 'rslave', recursive: 'disabled', selinux: 'z' },
  },
  {
    title: '`volumes.volume`',
    at: ['mount', 'volume'],
    file: below('volume', volume),
    base: {},
    members: { labels: { a: 'b' }, nocopy: true, subpath: 'sub' },
  },
  {
    title: '`volumes.tmpfs`',
    at: ['mount', 'tmpfs'],
    file: below('tmpfs', { type: 'tmpfs', target: '/t' }),
    base: {},
    members: { mode: 0o700, size: '1m' },
  },
  {
    title: '`volumes.image`',
    at: ['mount', 'image'],
    file: below('image', { type: 'image', source: 'alpine', target: '/t' }),
    base: {},
    members: { subpath: 'etc' },
  },
  {
    title: 'Top-level `configs`',
    at: ['config'],
    file: (value) => web({ configs: ['it'] }, { configs: { it: value } }),
    base: { content: '1' },
    bases: { environment: { content: undefined }, file: { content: undefined } },
    members: {
      content: '2',
      environment: 'HOME',
      external: true,
      file: './it',
      labels: { a: 'b' },
      name: 'other',
      template_driver: 'golang',
    },
  },
  {
    title: 'Top-level `secrets`',
    at: ['secret'],
    file: (value) => web({ secrets: ['it'] }, { secrets: { it: value } }),
    base: { environment: 'HOME' },
    bases: { file: { environment: undefined }, driver_opts: { driver: 'vault' } },
    members: {
      driver: 'vault',
      driver_opts: { a: 'b' },
      environment: 'OTHER',
      external: true,
      file: './it',
      labels: { a: 'b' },
      name: 'other',
      template_driver: 'golang',
    },
  },
  {
    title: 'Top-level `models`',
    at: ['model'],
    file: (value) => web({ models: ['it'] }, { models: { it: value } }),
    base: { model: 'ai/one' },
    members: { context_size: 4096, model: 'ai/two', name: 'other', runtime_flags: ['--a'] },
  },
  {
    title: '`ipam` of a network',
    at: ['network', 'ipam'],
    file: (value) => web({ networks: ['it'] }, { networks: { it: { ipam: value } } }),
    base: {},
    members: { config: [{ subnet: '10.9.0.0/24' }], driver: 'other', options: { a: 'b' } },
  },
  {
    title: '`ipam.config` of a network',
    at: ['network', 'ipam', 'config', 'items'],
    file: (value) => web({ networks: ['it'] }, { networks: { it: { ipam: { config: [value] } } } }),
    base: { subnet: '10.9.0.0/24' },
    members: {
      aux_addresses: { a: '10.9.0.9' },
      gateway: '10.9.0.1',
      ip_range: '10.9.0.0/25',
      subnet: '10.8.0.0/24',
    },
  },
];
