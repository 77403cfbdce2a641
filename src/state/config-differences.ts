import type {
  ContainerCreateRequest,
  ContainerInspect,
  HealthConfig,
  HostConfig,
  TextMap,
} from '../engine/container.ts';
import type { ImageInspect } from '../engine/resource.ts';
import { formatDuration } from '../project/duration.ts';
import { type FieldChange, listChange, mapChanges, setChange, valueChange } from './field-change.ts';
import { isToolLabel } from './labels.ts';

type ImageConfig = NonNullable<ImageInspect['Config']>;

/**
 * Differences in the members of the container itself, after what the engine filled in from the old image. Without that
 * image, what only the container has counts as the image's.
 */
export function configDifferences(
  wanted: ContainerCreateRequest,
  inspect: ContainerInspect,
  oldImage: ImageInspect | undefined,
): readonly FieldChange[] {
  const actual = inspect.Config;
  const image: ImageConfig = oldImage?.Config ?? (oldImage === undefined ? guessedImage(wanted, actual) : {});
  return [
    ...commandChanges(wanted, actual, image),
    ...mapChanges('environment', environment(actual.Env, []), environment(wanted.Env, image.Env), true),
    ...mapChanges('labels', ownLabels(actual.Labels, {}), ownLabels(wanted.Labels, image.Labels ?? {})),
    ...healthChanges(wanted.Healthcheck, actual.Healthcheck, image.Healthcheck),
    ...setChange(
      'expose',
      exposedOnly(actual.ExposedPorts, inspect.HostConfig),
      exposedOnly({ ...wanted.ExposedPorts, ...image.ExposedPorts }, wanted.HostConfig),
    ),
    ...textChange('user', actual.User, wanted.User ?? image.User),
    ...textChange('working_dir', directory(actual.WorkingDir), directory(wanted.WorkingDir ?? image.WorkingDir)),
    ...textChange('stop_signal', signal(actual.StopSignal), signal(wanted.StopSignal ?? image.StopSignal)),
    ...valueChange('stop_grace_period', seconds(actual.StopTimeout), seconds(wanted.StopTimeout)),
    ...hostnameChange(wanted, inspect),
    ...textChange('domainname', actual.Domainname, wanted.Domainname),
    ...valueChange('tty', flag(actual.Tty), flag(wanted.Tty)),
    ...valueChange('stdin_open', flag(actual.OpenStdin), flag(wanted.OpenStdin)),
  ];
}

type OptionalText = string | null | undefined;

function textChange(path: string, before: OptionalText, after: OptionalText): readonly FieldChange[] {
  const text = (value: OptionalText): string | undefined => (value === null || value === '' ? undefined : value);
  return valueChange(path, text(before), text(after));
}

/** An overridden entrypoint drops the image's command; an empty one drops the image's entrypoint only. */
function commandChanges(
  wanted: ContainerCreateRequest,
  actual: ContainerCreateRequest,
  image: ImageConfig,
): readonly FieldChange[] {
  const own = wanted.Entrypoint ?? [];
  const command = filledOr(wanted.Cmd, own.length === 0 ? (image.Cmd ?? []) : []);
  const entrypoint = wanted.Entrypoint ?? image.Entrypoint ?? [];
  return [
    ...listChange('command', actual.Cmd ?? [], command),
    ...listChange('entrypoint', actual.Entrypoint ?? [], entrypoint),
  ];
}

function filledOr(list: readonly string[] | undefined, fallback: readonly string[]): readonly string[] {
  return list === undefined || list.length === 0 ? fallback : list;
}

/** Variables by name; the container's own come before the image's. A bare name maps to a text no value can be. */
function environment(
  own: readonly string[] | null | undefined,
  inherited: readonly string[] | null | undefined,
): ReadonlyMap<string, string> {
  const variables = new Map<string, string>();
  for (const entry of [...(own ?? []), ...(inherited ?? [])]) {
    const equals = entry.indexOf('=');
    const name = equals < 0 ? entry : entry.slice(0, equals);
    if (!variables.has(name)) variables.set(name, equals < 0 ? '(unset)' : entry.slice(equals + 1));
  }
  return variables;
}

function ownLabels(labels: TextMap | null | undefined, inherited: TextMap): ReadonlyMap<string, string> {
  const all = Object.entries({ ...inherited, ...labels });
  return new Map(all.filter(([name]) => !isToolLabel(name)));
}

/** A check of the file takes from the image's what it leaves open. */
function healthChanges(
  wanted: HealthConfig | undefined,
  actual: HealthConfig | null | undefined,
  image: HealthConfig | null | undefined,
): readonly FieldChange[] {
  const base = image ?? {};
  const test = wanted?.Test ?? [];
  const expected = test.length === 0 ? (base.Test ?? []) : test;
  const time = (
    path: string,
    member: 'Interval' | 'Timeout' | 'StartPeriod' | 'StartInterval',
  ): readonly FieldChange[] =>
    valueChange(
      `healthcheck.${path}`,
      duration(actual?.[member]),
      duration(positive(wanted?.[member]) ?? base[member]),
    );
  return [
    ...listChange('healthcheck.test', actual?.Test ?? [], expected),
    ...time('interval', 'Interval'),
    ...time('timeout', 'Timeout'),
    ...time('start_period', 'StartPeriod'),
    ...time('start_interval', 'StartInterval'),
    ...valueChange(
      'healthcheck.retries',
      positive(actual?.Retries)?.toString(),
      (positive(wanted?.Retries) ?? positive(base.Retries))?.toString(),
    ),
  ];
}

function positive(value: number | undefined): number | undefined {
  return value === 0 ? undefined : value;
}

function duration(nanoseconds: number | undefined): string | undefined {
  return nanoseconds === undefined || nanoseconds === 0 ? undefined : formatDuration(nanoseconds);
}

/** Exposed ports that are not published: published ones are compared with their bindings. */
function exposedOnly(exposed: ExposedPorts, host: HostConfig | undefined): readonly string[] {
  const published = new Set(Object.keys(host?.PortBindings ?? {}));
  return ports(exposed).filter((port) => !published.has(port));
}

type ExposedPorts = { readonly [port: string]: unknown } | null | undefined;

/** Single ports with their protocol, however the request wrote them. */
function ports(exposed: ExposedPorts): readonly string[] {
  return Object.keys(exposed ?? {}).flatMap((key) => {
    const [range = '', protocol = 'tcp'] = key.split('/');
    const [first = Number.NaN, last = first] = range.split('-').map(Number);
    if (!Number.isInteger(first) || !Number.isInteger(last) || last - first > 65_535) return [key];
    return Array.from({ length: last - first + 1 }, (_, index) => `${first + index}/${protocol}`);
  });
}

function directory(path: string | undefined): string | undefined {
  return path === undefined || path === '/' ? path : path.replace(/\/+$/, '');
}

/** Older engines write their default signal into every container. */
function signal(name: string | undefined): string | undefined {
  return name === 'SIGTERM' || name === '15' ? undefined : name;
}

/** Ten seconds is what engines use, and what some of them write down, without a value. */
function seconds(timeout: number | null | undefined): string | undefined {
  return timeout === undefined || timeout === null || timeout === 10 ? undefined : `${timeout}s`;
}

function flag(value: boolean | undefined): string {
  return String(value === true);
}

/** Without a name of its own a container is called by the start of its id, or as the machine whose network it shares. */
function hostnameChange(wanted: ContainerCreateRequest, inspect: ContainerInspect): readonly FieldChange[] {
  const actual = inspect.Config.Hostname ?? '';
  if (wanted.Hostname !== undefined) return textChange('hostname', actual, wanted.Hostname);
  const mode = inspect.HostConfig.NetworkMode ?? '';
  const shares = mode === 'host' || mode.startsWith('container:') || inspect.HostConfig.UTSMode === 'host';
  return shares || actual === inspect.Id.slice(0, 12) ? [] : textChange('hostname', actual, undefined);
}

/** Stands in for an image that is gone: whatever the file does not speak of was the image's. */
function guessedImage(wanted: ContainerCreateRequest, actual: ContainerCreateRequest): ImageConfig {
  return {
    Cmd: wanted.Cmd === undefined ? (actual.Cmd ?? null) : null,
    Entrypoint: wanted.Entrypoint === undefined ? (actual.Entrypoint ?? null) : null,
    Env: actual.Env ?? null,
    Labels: actual.Labels ?? null,
    ExposedPorts: actual.ExposedPorts ?? null,
    Healthcheck: actual.Healthcheck ?? null,
    ...(actual.User === undefined ? {} : { User: actual.User }),
    ...(actual.WorkingDir === undefined ? {} : { WorkingDir: actual.WorkingDir }),
    ...(actual.StopSignal === undefined ? {} : { StopSignal: actual.StopSignal }),
  };
}
