/**
 * A value of one attribute that means something, and what has to stand beside it for the file to be right.
 * @typedef {object} AttributeSample
 * @property {unknown} value
 * @property {string} [as] how the page writes the attribute, when only some values of it are meant
 * @property {Record<string, unknown>} [service] further attributes of the same service
 * @property {Record<string, unknown>} [top] further top-level members
 */

const inBlockDevice = [{ path: '/dev/sda', rate: 1024 }];
const certificate = { certificate: { content: 'x' } };
const password = { key: { environment: 'HOME' } };
const model = { models: { small: { model: 'ai/small' } } };

/** Samples of the attributes of a service, by key. A list holds several cases that are treated differently. */
export const serviceSamples = {
  annotations: { value: { a: 'b' } },
  attach: { value: false },
  blkio_config: {
    value: { weight: 300, weight_device: [{ path: '/dev/sda', weight: 400 }], device_read_bps: inBlockDevice },
  },
  build: [
    { value: '.', service: { image: 'made' }, as: 'beside `image`' },
    { value: '.', service: { image: undefined, build: './other' }, as: 'without `image`' },
  ],
  cap_add: { value: ['NET_ADMIN'] },
  cap_drop: { value: ['ALL'] },
  cgroup: { value: 'private' },
  cgroup_parent: { value: 'parent' },
  command: { value: ['sleep', '1'] },
  configs: [
    { value: ['certificate'], top: { configs: { certificate: { file: './certificate.pem' } } }, as: 'from a file' },
    { value: ['certificate'], top: { configs: certificate }, as: 'from `content` or `environment`' },
    { value: ['certificate'], top: { configs: { certificate: { external: true } } }, as: 'external' },
  ],
  container_name: { value: 'fixed' },
  cpu_count: { value: 2 },
  cpu_percent: { value: 50 },
  cpu_period: { value: 100000 },
  cpu_quota: { value: 50000 },
  cpu_rt_period: { value: 100000 },
  cpu_rt_runtime: { value: 50000 },
  cpu_shares: { value: 512 },
  cpus: { value: 0.5 },
  cpuset: { value: '0' },
  credential_spec: { value: { file: 'spec.json' } },
  depends_on: { value: ['db'] },
  develop: { value: { watch: [{ path: './src', action: 'rebuild' }] }, service: { build: '.' } },
  device_cgroup_rules: { value: ['c 1:3 mr'] },
  devices: { value: ['/dev/null:/dev/null'] },
  dns: { value: ['9.9.9.9'] },
  dns_opt: { value: ['ndots:1'] },
  dns_search: { value: ['example.org'] },
  domainname: { value: 'example.org' },
  entrypoint: { value: ['sh'] },
  env_file: { value: [{ path: './missing.env', required: false }] },
  environment: { value: { A: 'b' } },
  expose: { value: ['80'] },
  extends: { value: { service: 'db' } },
  external_links: { value: ['other:alias'] },
  extra_hosts: { value: ['host=10.0.0.1'] },
  gpus: { value: 'all' },
  group_add: { value: ['audio'] },
  healthcheck: { value: { test: 'true' } },
  hostname: { value: 'host' },
  image: { value: 'alpine' },
  init: { value: true },
  ipc: [
    { value: 'host', as: '' },
    { value: 'service:db', as: '`service:NAME`' },
  ],
  isolation: { value: 'default' },
  label_file: { value: [] },
  labels: { value: { a: 'b' } },
  links: { value: ['db'] },
  logging: { value: { driver: 'json-file', options: { 'max-size': '1m' } } },
  mac_address: { value: '02:42:ac:11:00:02' },
  mem_limit: { value: '64m' },
  mem_reservation: { value: '32m' },
  mem_swappiness: { value: 10 },
  memswap_limit: { value: '128m' },
  models: { value: ['small'], top: model },
  network_mode: [
    { value: 'host', as: '' },
    { value: 'service:db', as: '`service:NAME`' },
  ],
  networks: { value: ['front'], top: { networks: { front: {} } } },
  oom_kill_disable: { value: true },
  oom_score_adj: { value: 100 },
  pid: [
    { value: 'host', as: '' },
    { value: 'service:db', as: '`service:NAME`' },
  ],
  pids_limit: { value: 10 },
  platform: { value: 'linux/arm64' },
  ports: { value: ['8080:80'] },
  post_start: { value: [{ command: 'true' }] },
  pre_start: { value: [{ command: 'true' }] },
  pre_stop: { value: [{ command: 'true' }] },
  privileged: { value: true },
  profiles: { value: ['debug'] },
  provider: { value: { type: 'cloud' } },
  pull_policy: [
    { value: 'always', as: '' },
    { value: 'build', service: { build: '.' }, as: '`build`' },
  ],
  pull_refresh_after: { value: '1h' },
  read_only: { value: true },
  restart: { value: 'always' },
  runtime: { value: 'runc' },
  scale: { value: 2 },
  secrets: [
    { value: ['key'], top: { secrets: { key: { file: './key' } } }, as: 'from a file' },
    { value: ['key'], top: { secrets: password }, as: 'from `environment`' },
    { value: ['key'], top: { secrets: { key: { external: true } } }, as: 'external' },
  ],
  security_opt: { value: ['no-new-privileges:true'] },
  shm_size: { value: '64m' },
  stdin_open: { value: true },
  stop_grace_period: { value: '5s' },
  stop_signal: { value: 'SIGUSR1' },
  storage_opt: { value: { size: '1G' } },
  sysctls: { value: { 'net.core.somaxconn': 1024 } },
  tmpfs: { value: ['/run'] },
  tty: { value: true },
  ulimits: { value: { nofile: 1024 } },
  use_api_socket: { value: true },
  user: { value: '1000' },
  userns_mode: { value: 'host' },
  uts: [
    { value: 'host', as: '' },
    { value: 'service:db', as: '`service:NAME`' },
  ],
  volumes: { value: ['data:/data'], top: { volumes: { data: {} } } },
  volumes_from: [
    { value: ['container:other'], as: '`container:NAME`' },
    { value: ['db'], as: 'a service' },
  ],
  working_dir: { value: '/srv' },
};

/** Samples of the attributes of `deploy`, by key or dotted path. */
export const deploySamples = {
  endpoint_mode: { value: 'vip' },
  labels: { value: { a: 'b' } },
  mode: { value: 'replicated' },
  placement: { value: { constraints: ['node.role==worker'] } },
  replicas: { value: 2 },
  'resources.limits.cpus': { value: '0.5' },
  'resources.limits.memory': { value: '64M' },
  'resources.limits.pids': { value: 10 },
  'resources.reservations.cpus': { value: '0.25' },
  'resources.reservations.devices': { value: [{ capabilities: ['gpu'] }] },
  'resources.reservations.generic_resources': { value: [{ discrete_resource_spec: { kind: 'ssd', value: 1 } }] },
  'resources.reservations.memory': { value: '32M' },
  restart_policy: { value: { condition: 'on-failure' } },
  rollback_config: { value: { parallelism: 1 } },
  update_config: { value: { parallelism: 1 } },
};

/** Samples of what a service may say below `x-topsail`. */
export const extensionSamples = {
  env: { value: { PORT: 'port:db:5432' } },
  job: { value: 'once' },
  ready: { value: { tcp: 80 } },
};

/** Samples of the attributes of networks and volumes. */
export const resourceSamples = {
  networks: {
    attachable: { value: true },
    driver: { value: 'bridge' },
    driver_opts: { value: { a: 'b' } },
    enable_ipv4: { value: false },
    enable_ipv6: { value: true },
    external: { value: true },
    internal: { value: true },
    ipam: { value: { config: [{ subnet: '10.9.0.0/24' }] } },
    labels: { value: { a: 'b' } },
    name: { value: 'other' },
  },
  volumes: {
    driver: { value: 'local' },
    driver_opts: { value: { type: 'tmpfs' } },
    external: { value: true },
    labels: { value: { a: 'b' } },
    name: { value: 'other' },
  },
};
