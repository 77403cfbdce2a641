import type { HostConfig, ThrottleDevice } from '../engine/container.ts';
import type { JsonValue } from '../project/project.ts';
import type { DeviceRequest, ResourceAmounts, Service } from '../project/service.ts';
import { filled, nonBlank, nonZero, withoutUndefined } from './without-undefined.ts';

/**
 * What a service may use, as `HostConfig` members: `deploy.resources` over the older attributes (spec-facts sections 25
 * and 27, Compose Deploy Specification "resources"). Sizes in bytes, processors in billionths of a core.
 */
export function resourceLimits(service: Service): HostConfig {
  const limits: ResourceAmounts = service.deploy?.resources.limits ?? {};
  const reservations: ResourceAmounts = service.deploy?.resources.reservations ?? {};
  return withoutUndefined<HostConfig>({
    NanoCpus: nanoCpus(limits.cpus) ?? nanoCpus(service.cpus),
    Memory: bytes(limits.memory) ?? bytes(service.mem_limit),
    MemoryReservation: bytes(reservations.memory) ?? bytes(service.mem_reservation),
    MemorySwap: bytes(service.memswap_limit),
    MemorySwappiness: bytes(service.mem_swappiness),
    PidsLimit: nonZero(limits.pids) ?? nonZero(service.pids_limit),
    CpuCount: nonZero(service.cpu_count),
    CpuPercent: nonZero(service.cpu_percent === undefined ? undefined : Math.trunc(service.cpu_percent * 100)),
    CpuPeriod: nonZero(service.cpu_period),
    CpuQuota: nonZero(service.cpu_quota),
    CpuRealtimePeriod: nonZero(service.cpu_rt_period),
    CpuRealtimeRuntime: nonZero(service.cpu_rt_runtime),
    CpuShares: nonZero(service.cpu_shares),
    CpusetCpus: nonBlank(service.cpuset),
    CgroupParent: nonBlank(service.cgroup_parent),
    OomKillDisable: service.oom_kill_disable === true ? true : undefined,
    OomScoreAdj: nonZero(service.oom_score_adj),
    Ulimits: filled(ulimits(service)),
    DeviceCgroupRules: filled(service.device_cgroup_rules),
    Devices: filled(devices(service)),
    DeviceRequests: filled([
      ...(reservations.devices ?? []).map((device) => deviceRequest(device, [])),
      ...containerDeviceInterfaces(service),
      ...(service.gpus ?? []).map((device) => deviceRequest(device, ['gpu'])),
    ]),
    ...blockLimits(service.blkio_config),
  });
}

function bytes(text: string | undefined): number | undefined {
  return text === undefined ? undefined : nonZero(Number(text));
}

function nanoCpus(cores: number | undefined): number | undefined {
  return cores === undefined ? undefined : nonZero(Math.round(cores * 1e9));
}

function ulimits(service: Service): NonNullable<HostConfig['Ulimits']> {
  return Object.entries(service.ulimits ?? {})
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, limit]) =>
      typeof limit === 'number'
        ? { Name: name, Soft: limit, Hard: limit }
        : { Name: name, Soft: limit.soft ?? 0, Hard: limit.hard ?? 0 },
    );
}

type DeviceMapping = NonNullable<Service['devices']>[number];

/** `vendor/class=name` on both sides asks for a device by the Container Device Interface instead of a host path. */
function isInterfaceName(device: DeviceMapping): boolean {
  return device.source === device.target && /^[^/=]+\/[^/=]+=.+$/.test(device.source ?? '');
}

function devices(service: Service): NonNullable<HostConfig['Devices']> {
  return (service.devices ?? [])
    .filter((device) => !isInterfaceName(device))
    .map((device) => ({
      PathOnHost: device.source ?? '',
      PathInContainer: device.target ?? device.source ?? '',
      CgroupPermissions: device.permissions ?? '',
    }));
}

type EngineDeviceRequest = NonNullable<HostConfig['DeviceRequests']>[number];

function containerDeviceInterfaces(service: Service): readonly EngineDeviceRequest[] {
  const names = (service.devices ?? []).filter(isInterfaceName).map((device) => device.source ?? '');
  return names.length === 0 ? [] : [{ Driver: 'cdi', DeviceIDs: names }];
}

function deviceRequest(device: DeviceRequest, implied: readonly string[]): EngineDeviceRequest {
  return withoutUndefined<EngineDeviceRequest>({
    Driver: nonBlank(device.driver),
    Count: nonZero(device.count),
    DeviceIDs: filled(device.device_ids),
    Capabilities: [[...(device.capabilities ?? []), ...implied]],
    Options: device.options,
  });
}

type JsonObject = { readonly [key: string]: JsonValue };

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

function blockLimits(config: JsonValue | undefined): HostConfig {
  if (!isObject(config)) return {};
  const entries = (name: string): readonly JsonObject[] => {
    const list = config[name];
    return Array.isArray(list) ? list.filter(isObject) : [];
  };
  const rates = (name: string): readonly ThrottleDevice[] | undefined =>
    filled(entries(name).map((entry) => ({ Path: textOf(entry['Path']), Rate: Number(entry['Rate']) })));
  return withoutUndefined<HostConfig>({
    BlkioWeight: nonZero(Number(config['weight'] ?? 0)),
    BlkioWeightDevice: filled(
      entries('weight_device').map((entry) => ({ Path: textOf(entry['Path']), Weight: Number(entry['Weight']) })),
    ),
    BlkioDeviceReadBps: rates('device_read_bps'),
    BlkioDeviceWriteBps: rates('device_write_bps'),
    BlkioDeviceReadIOps: rates('device_read_iops'),
    BlkioDeviceWriteIOps: rates('device_write_iops'),
  });
}
