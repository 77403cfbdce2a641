import type { ContainerCreateRequest } from '../engine/container.ts';
import type { Named, Project } from '../project/project.ts';
import type { Deploy, Mount, Port, Service } from '../project/service.ts';
import type { DesiredService, DesiredState } from './desired-state.ts';
import { ONE_OFF_LABEL, SLUG_LABEL } from './labels.ts';

/** What `run` changes about a service for one container of its own (compose-surface 4.10). */
export interface OneOffOverrides {
  readonly command?: readonly string[];
  /** Without a command of its own it gets none. */
  readonly entrypoint?: readonly string[];
  readonly environment?: Named<string>;
  readonly labels?: Named<string>;
  readonly user?: string;
  readonly workingDirectory?: string;
  readonly addedCapabilities?: readonly string[];
  readonly droppedCapabilities?: readonly string[];
  /** Beside those of the service. */
  readonly volumes?: readonly Mount[];
  /** `service` publishes what the service does, which otherwise a one-off does not. */
  readonly ports?: readonly Port[] | 'service';
  readonly terminal?: boolean;
  readonly input?: boolean;
}

/** Who a one-off is. */
export interface OneOffIdentity {
  readonly service: string;
  /** 64 hexadecimal digits that no other one-off has. */
  readonly slug: string;
  /** Default: project, service, `run` and the first digits of the slug. */
  readonly name?: string;
  /** Reachable under the names of the service in its networks. */
  readonly useAliases?: boolean;
  /** The engine removes it when it has ended. */
  readonly autoRemove?: boolean;
  /** Its input stays open for the first who attaches. */
  readonly input?: boolean;
}

/** The project with one service as its one-off shall be. */
export function withOneOffService(project: Project, name: string, overrides: OneOffOverrides): Project {
  const service = project.services[name];
  if (service === undefined) return project;
  const services = Object.assign(Object.create(null) as Record<string, Service>, project.services);
  services[name] = oneOffService(service, overrides);
  return { ...project, services };
}

function oneOffService(service: Service, overrides: OneOffOverrides): Service {
  const { container_name: _, restart: _restart, scale: _scale, ports, deploy, ...kept } = service;
  const { addedCapabilities = [], droppedCapabilities = [], volumes = [], labels, environment } = overrides;
  const published = overrides.ports === 'service' ? ports : overrides.ports;
  return {
    ...kept,
    ...(deploy === undefined ? {} : { deploy: withoutRestarts(deploy) }),
    ...(published === undefined ? {} : { ports: published }),
    ...commandLine(service, overrides),
    environment: { ...service.environment, ...environment },
    labels: { ...service.labels, ...labels },
    cap_add: changed(service.cap_add, addedCapabilities, droppedCapabilities),
    cap_drop: changed(service.cap_drop, droppedCapabilities, addedCapabilities),
    volumes: [...(service.volumes ?? []), ...volumes],
    tty: overrides.terminal === true,
    stdin_open: overrides.input === true,
    ...(overrides.user === undefined ? {} : { user: overrides.user }),
    ...(overrides.workingDirectory === undefined ? {} : { working_dir: overrides.workingDirectory }),
  };
}

function withoutRestarts(written: Deploy): Deploy {
  const { restart_policy: _, replicas: _replicas, ...deploy } = written;
  return deploy;
}

function commandLine(
  service: Service,
  { command, entrypoint }: OneOffOverrides,
): Pick<Service, 'command' | 'entrypoint'> {
  if (entrypoint === undefined) return { command: command ?? service.command, entrypoint: service.entrypoint };
  return { command: command ?? [], entrypoint };
}

/** With those that are wanted and without those that the opposite list wants, in whatever spelling. */
function changed(
  names: readonly string[] | undefined,
  wanted: readonly string[],
  unwanted: readonly string[],
): readonly string[] {
  const bare = (name: string): string => name.toUpperCase().replace(/^CAP_/, '');
  const gone = new Set(unwanted.map(bare));
  return [...(names ?? []).filter((name) => !gone.has(bare(name))), ...wanted];
}

/** The desired state with the service's replicas given up for the one-off. */
export function withOneOff(desired: DesiredState, identity: OneOffIdentity): DesiredState {
  const services = desired.services.map((each) => (each.name === identity.service ? oneOff(each, identity) : each));
  return { ...desired, services };
}

function oneOff(service: DesiredService, identity: OneOffIdentity): DesiredService {
  const separator = service.namePrefix.slice(-1);
  const { Labels, ...template } = service.template;
  const request: ContainerCreateRequest = {
    ...template,
    Labels: { ...Labels, [ONE_OFF_LABEL]: 'True', [SLUG_LABEL]: identity.slug },
    ...(identity.input === true ? { AttachStdin: true, StdinOnce: true } : {}),
    HostConfig: {
      ...template.HostConfig,
      ...(identity.autoRemove === true ? { AutoRemove: true } : {}),
    },
  };
  return {
    ...service,
    oneOff: true,
    scale: 1,
    containerName: identity.name ?? `${service.namePrefix}run${separator}${identity.slug.slice(0, 12)}`,
    template: request,
    endpoints: service.endpoints.map(({ network, request: { Aliases: aliases = [], ...endpoint } }) => ({
      network,
      request: identity.useAliases === true ? { ...endpoint, Aliases: aliases } : endpoint,
    })),
  };
}
