import type { DocumentNode } from '../../document/node.ts';
import type { JsonValue, Named } from '../../project/project.ts';
import type { Service } from '../../project/service.ts';
import { readBuild } from './bind-build.ts';
import {
  readDependency,
  readDeviceRequest,
  readFileReference,
  readHealthcheck,
  readHook,
  readMount,
  readPort,
  readServiceNetwork,
  readUlimits,
} from './bind-container-parts.ts';
import { readDeploy } from './bind-deploy.ts';
import {
  readAssignments,
  readCommand,
  readEnvironment,
  readExtraHosts,
  readTextOrTexts,
  readTexts,
} from './list-readers.ts';
import {
  type BindPlace,
  below,
  extensionsOf,
  type MemberReaders,
  type Reader,
  readList,
  readNamed,
  readNullable,
  readObject,
  refuse,
} from './reader.ts';
import {
  readAnyDuration,
  readAnyFlag,
  readAnyInteger,
  readAnyText,
  readFlag,
  readFraction,
  readInteger,
  readSize,
  readSizeOrUnlimited,
  readText,
  readWrittenCount,
} from './scalar-readers.ts';

interface Json {
  readonly [member: string]: JsonValue;
}

type DeviceMapping = NonNullable<Service['devices']>[number];

const readRates: Reader<JsonValue> = (node, place) =>
  readList(readObject<Json>({ path: readText, rate: readSize }))(node, place)?.map((device) => ({
    Path: device['path'] ?? '',
    Rate: device['rate'] ?? '0',
  }));

const readWeights: Reader<JsonValue> = (node, place) =>
  readList(readObject<Json>({ path: readText, weight: readWrittenCount }))(node, place)?.map((device) => ({
    Path: device['path'] ?? '',
    Weight: device['weight'] ?? 0,
  }));

const readBlockDevices: Reader<JsonValue> = readObject<Json>({
  weight: readWrittenCount,
  weight_device: readWeights,
  device_read_bps: readRates,
  device_read_iops: readRates,
  device_write_bps: readRates,
  device_write_iops: readRates,
});

const readWatch: Reader<JsonValue> = readObject<Json>({
  watch: readList(
    readObject<Json>(
      {
        path: readText,
        action: readText,
        target: readText,
        exec: readHook as unknown as Reader<JsonValue>,
        include: readTextOrTexts,
        ignore: readTextOrTexts,
        initial_sync: readFlag,
      },
      { exec: { command: null } },
    ),
  ),
});

/** Lists, mappings, numbers with a fraction and booleans are no options that an engine would take. */
const readStorageOptions: Reader<Named<string>> = (node, place) => {
  if (node.kind === 'mapping') {
    for (const [name, { value }] of node.entries) {
      if (value.kind !== 'scalar') refuse(value, below(place, name), `a text is expected, and this is a ${value.kind}`);
      else if (value.float === true || typeof value.value === 'boolean') {
        refuse(value, below(place, name), `a text is expected, and this is ${value.text}: quote it`);
      }
    }
  }
  return readAssignments(node, place);
};

const readServiceModel: Reader<JsonValue> = readNullable(
  readObject<Json>({ endpoint_var: readText, model_var: readText }),
);

/** Every attribute, in the order Docker Compose prints them. */
const attributes: MemberReaders<Omit<Service, 'extensions'>> = {
  profiles: readTexts,
  annotations: readAssignments,
  attach: readAnyFlag,
  build: readBuild,
  develop: readWatch,
  blkio_config: readBlockDevices,
  cap_add: readTexts,
  cap_drop: readTexts,
  cgroup_parent: readText,
  cgroup: readText,
  cpu_count: readInteger,
  cpu_percent: readFraction,
  cpu_period: readInteger,
  cpu_quota: readInteger,
  cpu_rt_period: readInteger,
  cpu_rt_runtime: readInteger,
  cpus: readFraction,
  cpuset: readText,
  cpu_shares: readInteger,
  command: readCommand,
  configs: readList(readFileReference),
  container_name: readText,
  credential_spec: readObject<Json>({ config: readText, file: readText, registry: readText }),
  depends_on: readNamed(readDependency),
  deploy: readDeploy,
  device_cgroup_rules: readTexts,
  devices: readList(readObject<DeviceMapping>({ source: readText, target: readText, permissions: readText })),
  dns: readTextOrTexts,
  dns_opt: readTexts,
  dns_search: readTextOrTexts,
  domainname: readText,
  entrypoint: readCommand,
  provider: readObject<NonNullable<Service['provider']>>({
    type: readText,
    options: readNamed((node, place) =>
      node.kind === 'sequence' ? readList(readAnyText)(node, place) : [readTextOrEmpty(node, place)],
    ),
  }),
  environment: readEnvironment,
  expose: readTexts,
  extends: readObject<Json>({ file: readText, service: readText }),
  external_links: readTexts,
  extra_hosts: readExtraHosts,
  group_add: readTexts,
  gpus: readList(readDeviceRequest),
  hostname: readText,
  healthcheck: readHealthcheck,
  image: readText,
  init: readAnyFlag,
  ipc: readText,
  isolation: readText,
  labels: readAssignments,
  links: readTexts,
  logging: readObject<NonNullable<Service['logging']>>({ driver: readText, options: readAssignments }),
  mem_limit: readSize,
  mem_reservation: readSize,
  memswap_limit: readSizeOrUnlimited,
  mem_swappiness: readSize,
  mac_address: readText,
  models: readNamed(readServiceModel),
  network_mode: readText,
  networks: readNamed(readServiceNetwork),
  oom_kill_disable: readFlag,
  oom_score_adj: readInteger,
  pid: readText,
  pids_limit: readInteger,
  platform: readText,
  ports: readList(readPort),
  privileged: readFlag,
  pull_policy: readText,
  read_only: readFlag,
  restart: readText,
  runtime: readText,
  scale: readAnyInteger,
  secrets: readList(readFileReference),
  security_opt: readTexts,
  shm_size: readSize,
  stdin_open: readFlag,
  stop_grace_period: readAnyDuration,
  stop_signal: readText,
  storage_opt: readStorageOptions,
  sysctls: readAssignments,
  tmpfs: readTextOrTexts,
  tty: readFlag,
  ulimits: readUlimits,
  use_api_socket: readFlag,
  user: readText,
  userns_mode: readText,
  uts: readText,
  volumes: readList(readMount),
  volumes_from: readTexts,
  working_dir: readText,
  pre_start: readList(readHook),
  post_start: readList(readHook),
  pre_stop: readList(readHook),
};

function readTextOrEmpty(node: DocumentNode, place: BindPlace): string {
  return readText(node, place) ?? '';
}

const readAttributes = readObject<Omit<Service, 'extensions'>>(
  attributes,
  { command: null, entrypoint: null },
  'caller',
);

/** A service in canonical form. */
export const readService: Reader<Service> = (node, place) => {
  const service = readAttributes(node, place);
  const extensions = node.kind === 'mapping' ? extensionsOf(node) : undefined;
  return service === undefined || extensions === undefined ? service : { ...service, extensions };
};

const printingOrder: ReadonlyMap<string, number> = new Map(
  [...Object.keys(attributes), 'extensions'].map((name, index) => [name, index]),
);

/** The same service with its attributes in printing order, after some were added. */
export function inPrintingOrder(service: Service): Service {
  const members = Object.entries(service).sort(
    ([a], [b]) => (printingOrder.get(a) ?? printingOrder.size) - (printingOrder.get(b) ?? printingOrder.size),
  );
  // The same members, so the same type.
  return Object.fromEntries(members) as unknown as Service;
}
