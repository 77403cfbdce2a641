import type { ContainerCreateRequest, HostConfig, TextMap } from '../engine/container.ts';
import { parseDuration } from '../project/duration.ts';
import type { Named, Project } from '../project/project.ts';
import type { Service } from '../project/service.ts';
import { healthConfig } from './health-config.ts';
import type { MountedFile } from './mounted-files.ts';
import { publishedPorts } from './published-ports.ts';
import { resourceLimits } from './resource-limits.ts';
import { restartPolicy } from './restart-policy.ts';
import { securityOptions } from './security-options.ts';
import { networkKeys } from './service-endpoints.ts';
import { engineMount } from './service-mounts.ts';
import { filled, nonBlank, withoutUndefined } from './without-undefined.ts';

/** What a template is made from beside the service itself. */
export interface TemplateInputs {
  readonly project: Project;
  readonly image: string;
  readonly labels: TextMap;
  readonly files: readonly MountedFile[];
  /** Variables every container gets unless the service sets them (proxy settings of the client). */
  readonly environment: Named<string>;
  readonly seccompProfiles: ReadonlyMap<string, string>;
}

/**
 * The create request that all replicas of a service share, whose references are open (`POST /containers/create`, spec-facts section 25). Members
 * the file does not speak of are absent, so that image and engine defaults apply.
 */
export function serviceTemplate(service: Service, inputs: TemplateInputs): ContainerCreateRequest {
  const { ExposedPorts } = publishedPorts(service);
  return withoutUndefined<ContainerCreateRequest>({
    Image: inputs.image,
    Hostname: nonBlank(service.hostname),
    Domainname: nonBlank(service.domainname),
    User: nonBlank(service.user),
    AttachStdout: true,
    AttachStderr: true,
    Tty: service.tty === true ? true : undefined,
    OpenStdin: service.stdin_open === true ? true : undefined,
    Env: filled(environmentList({ ...inputs.environment, ...service.environment })),
    Cmd: service.command ?? undefined,
    Entrypoint: service.entrypoint ?? undefined,
    WorkingDir: nonBlank(service.working_dir),
    NetworkDisabled: service.network_mode === 'disabled' ? true : undefined,
    MacAddress: networkKeys(service).length === 0 ? nonBlank(service.mac_address) : undefined,
    StopSignal: nonBlank(service.stop_signal),
    StopTimeout:
      service.stop_grace_period === undefined ? undefined : Math.trunc(parseDuration(service.stop_grace_period) / 1e9),
    ExposedPorts: Object.keys(ExposedPorts).length === 0 ? undefined : ExposedPorts,
    Healthcheck: healthConfig(service.healthcheck),
    Labels: inputs.labels,
    HostConfig: hostConfig(service, inputs),
  });
}

/** `KEY=VALUE`, sorted by name so that equal files give equal requests; null is the bare name. */
function environmentList(environment: Named<string | null>): readonly string[] {
  return Object.entries(environment)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => (value === null ? name : `${name}=${value}`));
}

function hostConfig(service: Service, inputs: TemplateInputs): HostConfig {
  const { PortBindings } = publishedPorts(service);
  const security = securityOptions(service, inputs.seccompProfiles);
  return withoutUndefined<HostConfig>({
    ...mounts(service, inputs),
    NetworkMode: networkMode(service, inputs.project),
    PortBindings: Object.keys(PortBindings).length === 0 ? undefined : PortBindings,
    RestartPolicy: restartPolicy(service),
    CapAdd: filled(capabilities(service.cap_add)),
    CapDrop: filled(capabilities(service.cap_drop)),
    CgroupnsMode: nonBlank(service.cgroup),
    Dns: filled(service.dns),
    DnsOptions: filled(service.dns_opt),
    DnsSearch: filled(service.dns_search),
    ExtraHosts: filled((service.extra_hosts ?? []).map((host) => host.replace('=', ':'))),
    GroupAdd: filled(service.group_add),
    IpcMode: nonBlank(service.ipc),
    PidMode: nonBlank(service.pid),
    UTSMode: nonBlank(service.uts),
    UsernsMode: nonBlank(service.userns_mode),
    LogConfig: logConfig(service),
    Init: service.init,
    Isolation: nonBlank(service.isolation),
    Privileged: service.privileged === true ? true : undefined,
    ReadonlyRootfs: service.read_only === true ? true : undefined,
    Runtime: nonBlank(service.runtime),
    SecurityOpt: filled(security.SecurityOpt),
    MaskedPaths: security.unmasked ? [] : undefined,
    ReadonlyPaths: security.unmasked ? [] : undefined,
    ShmSize: service.shm_size === undefined ? undefined : Number(service.shm_size),
    StorageOpt: filledMap(service.storage_opt),
    Sysctls: filledMap(service.sysctls),
    Tmpfs: temporaryFileSystems(service),
    VolumesFrom: filled(service.volumes_from),
    Annotations: filledMap(service.annotations),
    ...resourceLimits(service),
  });
}

function mounts(service: Service, inputs: TemplateInputs): Pick<HostConfig, 'Binds' | 'Mounts'> {
  const all = (service.volumes ?? []).map((mount) => engineMount(mount, inputs.project));
  const files = inputs.files.flatMap((file) =>
    file.kind === 'bind' ? [{ Type: 'bind', Source: file.source, Target: file.target, ReadOnly: true }] : [],
  );
  return withoutUndefined<Pick<HostConfig, 'Binds' | 'Mounts'>>({
    Binds: filled(all.flatMap((mount) => (mount.kind === 'bind' ? [mount.text] : []))),
    Mounts: filled([...all.flatMap((mount) => (mount.kind === 'mount' ? [mount.request] : [])), ...files]),
  });
}

function networkMode(service: Service, project: Project): string {
  const mode = nonBlank(service.network_mode);
  if (mode !== undefined) return mode.replace(/^disabled$/, 'none');
  const [primary] = networkKeys(service);
  return primary === undefined ? 'none' : (project.networks[primary]?.name ?? primary);
}

/** The engine keeps capabilities upper-case and prefixed. */
function capabilities(names: readonly string[] | undefined): readonly string[] {
  const full = (names ?? [])
    .map((name) => name.toUpperCase())
    .map((name) => (/^(CAP_|ALL$)/.test(name) ? name : `CAP_${name}`));
  return [...new Set(full)].toSorted();
}

function logConfig(service: Service): HostConfig['LogConfig'] {
  if (service.logging === undefined) return undefined;
  return { Type: service.logging.driver ?? '', Config: service.logging.options ?? {} };
}

function temporaryFileSystems(service: Service): TextMap | undefined {
  const entries = (service.tmpfs ?? []).map((text): [string, string] => {
    const [path = '', ...options] = text.split(':');
    return [path, options.join(':')];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function filledMap(map: TextMap | undefined): TextMap | undefined {
  return map === undefined || Object.keys(map).length === 0 ? undefined : map;
}
