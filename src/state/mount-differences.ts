import type { HostConfig, MountRequest } from '../engine/container.ts';
import { type FieldChange, mapChanges } from './field-change.ts';

/** How one target is mounted, whichever of the two forms asked for it. */
interface CanonicalMount {
  readonly type: string;
  readonly source: string;
  readonly options: readonly string[];
}

/**
 * Differences between the mounts of two requests by target. The text form and the object form of the same mount are
 * equal, and an anonymous volume is any unnamed volume: replacing a container hands its own on.
 */
export function mountDifferences(
  wanted: HostConfig,
  actual: HostConfig,
  imageVolumes: ReadonlySet<string>,
): readonly FieldChange[] {
  const after = canonicalMounts(wanted);
  const before = canonicalMounts(actual);
  for (const [target, mount] of before) {
    if (!isUnnamedVolume(mount)) continue;
    const now = after.get(target);
    if (now === undefined && imageVolumes.has(target)) before.delete(target);
    if (now?.type === 'volume' && now.source === '') before.set(target, now);
  }
  return mapChanges('volumes', texts(before), texts(after));
}

function texts(mounts: ReadonlyMap<string, CanonicalMount>): ReadonlyMap<string, string> {
  return new Map(
    [...mounts].map(([target, { type, source, options }]) => [
      target,
      [type, ...(source === '' ? [] : [source]), ...options].join(' '),
    ]),
  );
}

function isUnnamedVolume(mount: CanonicalMount): boolean {
  return mount.type === 'volume' && (mount.source === '' || /^[0-9a-f]{64}$/.test(mount.source));
}

function canonicalMounts(host: HostConfig): Map<string, CanonicalMount> {
  const mounts = new Map<string, CanonicalMount>();
  for (const bind of host.Binds ?? []) {
    const [target, mount] = fromText(bind);
    mounts.set(target, mount);
  }
  for (const request of host.Mounts ?? []) mounts.set(clean(request.Target), fromRequest(request));
  for (const [path, options] of Object.entries(host.Tmpfs ?? {})) {
    mounts.set(clean(path), { type: 'tmpfs', source: '', options: options === '' ? [] : [options] });
  }
  return mounts;
}

/** `source:target[:options]`; a source without a slash at its start is a volume's name. */
function fromText(text: string): readonly [string, CanonicalMount] {
  const [source = '', target = '', options = ''] = text.split(/:(?=\/)|:(?=[^/]*$)/);
  const named = options.split(',').filter((option) => option !== '' && option !== 'rw');
  return [
    clean(target),
    { type: source.startsWith('/') ? 'bind' : 'volume', source: clean(source), options: named.toSorted() },
  ];
}

function fromRequest(mount: MountRequest): CanonicalMount {
  const { BindOptions: bind, VolumeOptions: volume, TmpfsOptions: tmpfs, ImageOptions: image } = mount;
  const options = [
    mount.ReadOnly === true ? 'ro' : '',
    bind?.Propagation ?? '',
    bind?.NonRecursive === true ? 'not recursive' : '',
    bind?.ReadOnlyNonRecursive === true ? 'read-only not recursive' : '',
    bind?.ReadOnlyForceRecursive === true ? 'read-only recursive' : '',
    volume?.NoCopy === true ? 'nocopy' : '',
    setting('subpath', volume?.Subpath ?? image?.Subpath),
    ...Object.entries(volume?.Labels ?? {}).map(([name, value]) => `label ${name}=${value}`),
    setting('size', tmpfs?.SizeBytes),
    setting('mode', tmpfs?.Mode?.toString(8)),
  ];
  return {
    type: mount.Type,
    source: clean(mount.Source ?? ''),
    options: options.filter((option) => option !== '').toSorted(),
  };
}

function setting(name: string, value: string | number | undefined): string {
  return value === undefined || value === '' || value === 0 || value === '0' ? '' : `${name}=${value}`;
}

function clean(path: string): string {
  return path.length > 1 ? path.replace(/\/+$/, '') : path;
}
