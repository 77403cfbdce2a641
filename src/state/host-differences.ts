import type { HostConfig, PortBinding, TextMap } from '../engine/container.ts';
import { type FieldChange, mapChanges, setChange, valueChange } from './field-change.ts';

/**
 * Differences in `HostConfig` but for mounts and networks, after what the engine fills in by itself: a member the file
 * does not speak of equals any default that a supported engine is known to write down.
 */
export function hostDifferences(wanted: HostConfig, actual: HostConfig): readonly FieldChange[] {
  return [
    ...scalars.flatMap((scalar) => scalarChange(scalar, wanted, actual)),
    ...lists.flatMap(({ path, member }) => setChange(path, entries(actual[member]), entries(wanted[member]))),
    ...maps.flatMap(({ path, member }) => mapChanges(path, texts(actual[member]), texts(wanted[member]))),
    ...mapChanges('ports', bindings(actual), bindings(wanted)),
    ...valueChange('restart', restartText(actual), restartText(wanted)),
    ...setChange('cap_add', capabilities(actual.CapAdd), capabilities(wanted.CapAdd)),
    ...setChange('cap_drop', capabilities(actual.CapDrop), capabilities(wanted.CapDrop)),
    ...setChange('security_opt', security(actual), security(wanted)),
    ...loggingChanges(wanted, actual),
    ...swapChange(wanted, actual),
  ];
}

type ScalarMember = {
  readonly [Member in keyof HostConfig]-?: NonNullable<HostConfig[Member]> extends string | number | boolean
    ? Member
    : never;
}[keyof HostConfig];

interface Scalar {
  readonly path: string;
  readonly member: ScalarMember;
  /** What engines write for "not set", beside the zero value. */
  readonly defaults?: readonly (string | number)[];
}

const scalars: readonly Scalar[] = [
  { path: 'cpus', member: 'NanoCpus' },
  { path: 'mem_limit', member: 'Memory' },
  { path: 'mem_reservation', member: 'MemoryReservation' },
  { path: 'mem_swappiness', member: 'MemorySwappiness', defaults: [-1] },
  { path: 'pids_limit', member: 'PidsLimit', defaults: [-1] },
  { path: 'cpu_count', member: 'CpuCount' },
  { path: 'cpu_percent', member: 'CpuPercent' },
  { path: 'cpu_period', member: 'CpuPeriod' },
  { path: 'cpu_quota', member: 'CpuQuota' },
  { path: 'cpu_rt_period', member: 'CpuRealtimePeriod' },
  { path: 'cpu_rt_runtime', member: 'CpuRealtimeRuntime' },
  { path: 'cpu_shares', member: 'CpuShares' },
  { path: 'cpuset', member: 'CpusetCpus' },
  { path: 'cgroup_parent', member: 'CgroupParent' },
  // The default depends on the machine's cgroup version.
  { path: 'cgroup', member: 'CgroupnsMode', defaults: ['host', 'private'] },
  { path: 'oom_kill_disable', member: 'OomKillDisable' },
  { path: 'oom_score_adj', member: 'OomScoreAdj' },
  { path: 'ipc', member: 'IpcMode', defaults: ['private', 'shareable'] },
  { path: 'pid', member: 'PidMode', defaults: ['private'] },
  { path: 'uts', member: 'UTSMode', defaults: ['private'] },
  { path: 'userns_mode', member: 'UsernsMode' },
  { path: 'init', member: 'Init' },
  { path: 'isolation', member: 'Isolation', defaults: ['default'] },
  { path: 'privileged', member: 'Privileged' },
  { path: 'read_only', member: 'ReadonlyRootfs' },
  { path: 'runtime', member: 'Runtime', defaults: ['runc', 'crun', 'oci', 'io.containerd.runc.v2'] },
  { path: 'shm_size', member: 'ShmSize', defaults: [67_108_864, 65_536_000] },
  { path: 'blkio_config.weight', member: 'BlkioWeight' },
];

function scalarChange({ path, member, defaults = [] }: Scalar, wanted: HostConfig, actual: HostConfig) {
  const text = (value: unknown): string | undefined =>
    value === undefined || value === null || value === '' || value === 0 || value === false
      ? undefined
      : scalarText(member, value);
  const after = text(wanted[member]);
  const before = text(actual[member]);
  if (after === undefined && defaults.some((value) => String(value) === before)) return [];
  return valueChange(path, before, after);
}

/** Cores are compared in the single precision that Docker Compose computes with. */
function scalarText(member: ScalarMember, value: unknown): string {
  return member === 'NanoCpus' && typeof value === 'number'
    ? String(Number((value / 1e9).toPrecision(6)))
    : String(value);
}

const lists: readonly { readonly path: string; readonly member: keyof HostConfig }[] = [
  { path: 'dns', member: 'Dns' },
  { path: 'dns_opt', member: 'DnsOptions' },
  { path: 'dns_search', member: 'DnsSearch' },
  { path: 'extra_hosts', member: 'ExtraHosts' },
  { path: 'group_add', member: 'GroupAdd' },
  { path: 'external_links', member: 'Links' },
  { path: 'volumes_from', member: 'VolumesFrom' },
  { path: 'ulimits', member: 'Ulimits' },
  { path: 'devices', member: 'Devices' },
  { path: 'device_cgroup_rules', member: 'DeviceCgroupRules' },
  { path: 'gpus', member: 'DeviceRequests' },
  { path: 'blkio_config.weight_device', member: 'BlkioWeightDevice' },
  { path: 'blkio_config.device_read_bps', member: 'BlkioDeviceReadBps' },
  { path: 'blkio_config.device_write_bps', member: 'BlkioDeviceWriteBps' },
  { path: 'blkio_config.device_read_iops', member: 'BlkioDeviceReadIOps' },
  { path: 'blkio_config.device_write_iops', member: 'BlkioDeviceWriteIOps' },
];

/** Entries as texts: limits and devices as a compose file writes them, other objects by their set members. */
function entries(list: unknown): readonly string[] {
  return Array.isArray(list) ? list.map((item: unknown) => (typeof item === 'string' ? item : objectText(item))) : [];
}

function objectText(value: unknown): string {
  const members = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  const text = (name: string): string => String(members.find(([member]) => member === name)?.[1] ?? '');
  if (members.some(([name]) => name === 'Soft')) return `${text('Name')}=${text('Soft')}:${text('Hard')}`;
  if (members.some(([name]) => name === 'PathOnHost')) {
    return [text('PathOnHost'), text('PathInContainer'), text('CgroupPermissions')].join(':');
  }
  return members
    .filter(([, member]) => !isZero(member))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${name}=${typeof member === 'string' ? member : JSON.stringify(member)}`)
    .join(' ');
}

function isZero(value: unknown): boolean {
  if (value === null || value === undefined || value === 0 || value === '') return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

const maps: readonly { readonly path: string; readonly member: 'Sysctls' | 'StorageOpt' | 'Annotations' }[] = [
  { path: 'sysctls', member: 'Sysctls' },
  { path: 'storage_opt', member: 'StorageOpt' },
  { path: 'annotations', member: 'Annotations' },
];

function texts(map: TextMap | null | undefined): ReadonlyMap<string, string> {
  return new Map(Object.entries(map ?? {}));
}

function bindings(host: HostConfig): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(host.PortBindings ?? {}).map(([port, list]) => [
      port,
      (list ?? []).map(bindingText).toSorted().join(', '),
    ]),
  );
}

function bindingText({ HostIp: address = '', HostPort: port = '' }: PortBinding): string {
  const published = port === '' || port === '0' ? 'any port' : port;
  return address === '' || address === '0.0.0.0' ? published : `${address}:${published}`;
}

function restartText({ RestartPolicy: policy }: HostConfig): string {
  const name = policy === undefined || policy.Name === '' ? 'no' : policy.Name;
  const attempts = policy?.MaximumRetryCount ?? 0;
  return attempts === 0 ? name : `${name}:${attempts}`;
}

function capabilities(names: readonly string[] | null | undefined): readonly string[] {
  return (names ?? []).map((name) => name.toUpperCase().replace(/^CAP_/, ''));
}

/** The engine turns labels off by itself for containers that share the host's namespaces. */
function security(host: HostConfig): readonly string[] {
  const unlabelled = host.Privileged === true || host.IpcMode === 'host' || host.PidMode === 'host';
  const options = (host.SecurityOpt ?? []).map((option) => option.replace(/^([a-z-]+):/, '$1='));
  const unmasked = host.Privileged !== true && isEmptyList(host.MaskedPaths) && isEmptyList(host.ReadonlyPaths);
  return [
    ...options.filter((option) => !(unlabelled && option === 'label=disable')),
    ...(unmasked ? ['systempaths=unconfined'] : []),
  ];
}

function isEmptyList(list: readonly string[] | null | undefined): boolean {
  return Array.isArray(list) && list.length === 0;
}

/** Without a logging section the driver is the engine's, which only its own configuration knows: a local one. */
function loggingChanges(wanted: HostConfig, actual: HostConfig): readonly FieldChange[] {
  const before = actual.LogConfig;
  const after = wanted.LogConfig;
  const isDefault = (driver: string): boolean => ['', 'json-file', 'journald', 'k8s-file'].includes(driver);
  const driver = before?.Type ?? '';
  const named = after?.Type ?? '';
  return [
    ...(named === '' && isDefault(driver) ? [] : valueChange('logging.driver', driver, named)),
    ...mapChanges('logging.options', texts(before?.Config), texts(after?.Config)),
  ];
}

/** Engines double the memory limit where no swap limit is given. */
function swapChange(wanted: HostConfig, actual: HostConfig): readonly FieldChange[] {
  const before = actual.MemorySwap ?? 0;
  const after = wanted.MemorySwap ?? 0;
  if (after === 0 && (before === 0 || before === -1 || before === 2 * (actual.Memory ?? 0))) return [];
  return valueChange(
    'memswap_limit',
    before === 0 ? undefined : String(before),
    after === 0 ? undefined : String(after),
  );
}
