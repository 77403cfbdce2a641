import type { ContainerCreateRequest, HealthConfig } from '../engine/container.ts';
import type { ImageInspect } from '../engine/resource.ts';

type ImageConfig = Exclude<ImageInspect['Config'], null | undefined>;

/** The create request with the image's defaults merged in, as the engine reports it in `Config`. */
export function withImageDefaults(
  request: ContainerCreateRequest,
  image: ImageInspect,
  id: string,
): ContainerCreateRequest {
  const config: ImageConfig = image.Config ?? {};
  const healthcheck = mergeHealthcheck(request.Healthcheck, config.Healthcheck ?? undefined);
  const commands = mergeCommands(request, config);
  const user = request.User ?? config.User;
  const workingDirectory = request.WorkingDir ?? config.WorkingDir;
  const stopSignal = request.StopSignal ?? config.StopSignal;
  return {
    ...request,
    Hostname: request.Hostname ?? (request.HostConfig?.NetworkMode === 'host' ? '' : id.slice(0, 12)),
    Env: mergeEnvironment(request.Env ?? [], config.Env ?? []),
    Labels: { ...config.Labels, ...request.Labels },
    ...(user === undefined ? {} : { User: user }),
    ...(workingDirectory === undefined ? {} : { WorkingDir: workingDirectory }),
    ...(stopSignal === undefined ? {} : { StopSignal: stopSignal }),
    ...(healthcheck === undefined ? {} : { Healthcheck: healthcheck }),
    ...commands,
    Volumes: { ...emptyMembers(config.Volumes ?? {}), ...request.Volumes },
    ExposedPorts: { ...emptyMembers(config.ExposedPorts ?? {}), ...request.ExposedPorts },
    HostConfig: withEngineDefaults(request.HostConfig ?? {}),
  };
}

function withEngineDefaults(
  host: NonNullable<ContainerCreateRequest['HostConfig']>,
): NonNullable<ContainerCreateRequest['HostConfig']> {
  return {
    ...host,
    NetworkMode: host.NetworkMode === undefined || host.NetworkMode === 'default' ? 'bridge' : host.NetworkMode,
    RestartPolicy: host.RestartPolicy ?? { Name: 'no', MaximumRetryCount: 0 },
    LogConfig: host.LogConfig ?? { Type: 'json-file', Config: {} },
    IpcMode: host.IpcMode ?? 'private',
    CgroupnsMode: host.CgroupnsMode ?? 'private',
    ShmSize: host.ShmSize ?? 67_108_864,
    Runtime: host.Runtime ?? 'runc',
  };
}

/** An entrypoint of the request drops the image's command too; `[""]` means none at all. */
function mergeCommands(
  request: ContainerCreateRequest,
  config: ImageConfig,
): Pick<ContainerCreateRequest, 'Cmd' | 'Entrypoint'> {
  const cleared = request.Entrypoint?.length === 1 && request.Entrypoint[0] === '';
  if (request.Entrypoint !== undefined && request.Entrypoint.length > 0) return cleared ? { Entrypoint: [] } : {};
  const command = request.Cmd ?? config.Cmd ?? undefined;
  const entrypoint = config.Entrypoint ?? undefined;
  return {
    ...(command === undefined ? {} : { Cmd: command }),
    ...(entrypoint === undefined ? {} : { Entrypoint: entrypoint }),
  };
}

function mergeEnvironment(own: readonly string[], image: readonly string[]): readonly string[] {
  const keys = new Set(own.map(environmentKey));
  return [...own, ...image.filter((entry) => !keys.has(environmentKey(entry)))];
}

function environmentKey(entry: string): string {
  const equals = entry.indexOf('=');
  return equals < 0 ? entry : entry.slice(0, equals);
}

function mergeHealthcheck(own: HealthConfig | undefined, image: HealthConfig | undefined): HealthConfig | undefined {
  if (own === undefined || image === undefined) return own ?? image;
  const stated = Object.fromEntries(
    Object.entries(own).filter(([, value]) => value !== 0 && !(Array.isArray(value) && value.length === 0)),
  );
  return { ...image, ...stated };
}

function emptyMembers(names: { readonly [name: string]: unknown }): { readonly [name: string]: Record<string, never> } {
  return Object.fromEntries(Object.keys(names).map((name) => [name, {}]));
}
