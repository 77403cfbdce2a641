import type {
  Dependency,
  DependencyCondition,
  DeviceRequest,
  FileReference,
  Healthcheck,
  Hook,
  Mount,
  Port,
  Service,
  ServiceNetwork,
} from '../../project/service.ts';
import { readAssignments, readCommand, readEnvironment, readTexts } from './list-readers.ts';
import { type Reader, readNamed, readNullable, readObject, readRequiring, refuse } from './reader.ts';
import {
  readAnyCount,
  readAnyDuration,
  readAnyFlag,
  readAnyInteger,
  readCount,
  readFileMode,
  readFlag,
  readInteger,
  readSize,
  readText,
} from './scalar-readers.ts';

const conditions: readonly DependencyCondition[] = [
  'service_started',
  'service_healthy',
  'service_completed_successfully',
];

const readCondition: Reader<DependencyCondition> = (node) =>
  node.kind === 'scalar' ? conditions.find((condition) => condition === node.value) : undefined;

/** One edge of `depends_on`. */
export const readDependency: Reader<Dependency> = readObject<Dependency>(
  { condition: readCondition, restart: readFlag, required: readAnyFlag },
  { condition: 'service_started', required: true },
);

/** A port in long form. */
export const readPort: Reader<Port> = readRequiring(
  'target',
  'service ports is missing a target port',
  readObject<Port>({
    name: readText,
    mode: readText,
    host_ip: readText,
    target: readAnyCount,
    published: readText,
    protocol: readText,
    app_protocol: readText,
  }),
);

/** A mount in long form. */
export const readMount: Reader<Mount> = readRequiring(
  'target',
  'service volume is missing a mount target',
  readObject<Mount>({
    type: readText,
    source: readText,
    target: readText,
    read_only: readFlag,
    consistency: readText,
    bind: readObject<NonNullable<Mount['bind']>>({
      selinux: readText,
      propagation: readText,
      create_host_path: readFlag,
      recursive: readText,
    }),
    volume: readObject<NonNullable<Mount['volume']>>({ labels: readAssignments, nocopy: readFlag, subpath: readText }),
    tmpfs: readObject<NonNullable<Mount['tmpfs']>>({ size: readSize, mode: readTemporaryMode }),
    image: readObject<NonNullable<Mount['image']>>({ subpath: readText }),
  }),
);

function readTemporaryMode(...[node, place]: Parameters<Reader<number>>): number | undefined {
  if (node.kind === 'scalar' && typeof node.value === 'string') {
    return refuse(node, place, `"${node.value}" is a text; write the mode as a number, such as 0755`);
  }
  return readCount(node, place);
}

/** A membership in a network. */
export const readServiceNetwork: Reader<ServiceNetwork | null> = readNullable(
  readObject<ServiceNetwork>({
    aliases: readTexts,
    driver_opts: readAssignments,
    gw_priority: readInteger,
    interface_name: readText,
    ipv4_address: readText,
    ipv6_address: readText,
    link_local_ips: readTexts,
    mac_address: readText,
    priority: readInteger,
  }),
);

/** The use of a config or secret. */
export const readFileReference: Reader<FileReference> = readRequiring(
  'source',
  'the name of what is used is missing: source',
  readObject<FileReference>({
    source: readText,
    target: readText,
    uid: readText,
    gid: readText,
    mode: readFileMode,
  }),
);

const readTest: Reader<readonly string[]> = (node, place) =>
  node.kind === 'scalar' && typeof node.value === 'string' ? ['CMD-SHELL', node.value] : readTexts(node, place);

/** A health check. */
export const readHealthcheck: Reader<Healthcheck> = readObject<Healthcheck>({
  test: readTest,
  timeout: readAnyDuration,
  interval: readAnyDuration,
  retries: readAnyCount,
  start_period: readAnyDuration,
  start_interval: readAnyDuration,
  disable: readFlag,
});

/** A lifecycle hook. */
export const readHook: Reader<Hook> = readObject<Hook>(
  {
    command: readCommand,
    image: readText,
    user: readText,
    privileged: readFlag,
    working_dir: readText,
    environment: readEnvironment,
    per_replica: readFlag,
  },
  { command: null },
);

const readDeviceCount: Reader<number> = (node, place) => {
  if (node.kind !== 'scalar') return undefined;
  if (typeof node.value === 'string' && node.value.toLowerCase() === 'all') return -1;
  if (typeof node.value === 'string' && !/^[+-]?\d+$/.test(node.value)) {
    return refuse(node, place, `invalid value "${node.value}", the only value allowed is 'all' or a number`);
  }
  return readInteger(node, place);
};

/** A requested device class. */
export const readDeviceRequest: Reader<DeviceRequest> = readObject<DeviceRequest>({
  capabilities: readTexts,
  driver: readText,
  count: readDeviceCount,
  device_ids: readTexts,
  options: readAssignments,
});

/** Limits by name. The schema looks only at limits with common names, so what stands under others is looked at here. */
export const readUlimits: Reader<NonNullable<Service['ulimits']>> = readNamed((node, place) => {
  if (node.kind === 'mapping') return readLimitPair(node, place);
  if (node.kind === 'scalar' && typeof node.value === 'number' && node.float !== true)
    return readAnyInteger(node, place);
  return refuse(node, place, 'a limit is a whole number, or a mapping of soft and hard');
});

const readLimitPair = readObject<{ readonly soft: number; readonly hard: number }>(
  { soft: readAnyInteger, hard: readAnyInteger },
  { soft: 0, hard: 0 },
);
