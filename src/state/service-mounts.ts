import type { MountRequest } from '../engine/container.ts';
import type { Project } from '../project/project.ts';
import type { Mount } from '../project/service.ts';
import { nonBlank, withoutUndefined } from './without-undefined.ts';

/** A mount in the form the engine takes it: as a short text or as an object. */
export type EngineMount =
  | { readonly kind: 'bind'; readonly target: string; readonly text: string }
  | { readonly kind: 'mount'; readonly target: string; readonly request: MountRequest };

/**
 * One entry of `volumes` (spec-facts section 29.6): the text form where the host path may be created and for plain named
 * volumes, else the object form, which fails on a missing host path and carries every option.
 */
export function engineMount(mount: Mount, project: Project): EngineMount {
  const source = sourceOf(mount, project);
  if (takesTextForm(mount)) return { kind: 'bind', target: mount.target, text: bindText(mount, source) };
  return { kind: 'mount', target: mount.target, request: mountRequest(mount, source) };
}

/** Key of the project volume that an entry mounts, if it mounts one. */
export function volumeKey(mount: Mount): string | undefined {
  return mount.type === 'volume' ? nonBlank(mount.source) : undefined;
}

function sourceOf(mount: Mount, project: Project): string {
  const key = volumeKey(mount);
  if (key === undefined) return mount.source ?? '';
  return project.volumes[key]?.name ?? key;
}

/** The text form creates a missing host path and is the only one that knows SELinux labels. */
export function takesTextForm(mount: Mount): boolean {
  if (mount.type === 'bind') {
    const bind = mount.bind ?? {};
    if (nonBlank(bind.selinux) !== undefined) return true;
    const special = nonBlank(bind.propagation) ?? nonBlank(bind.recursive);
    return bind.create_host_path === true && special === undefined;
  }
  if (mount.type !== 'volume' || volumeKey(mount) === undefined) return false;
  const { nocopy, subpath, labels } = mount.volume ?? {};
  return nocopy !== true && nonBlank(subpath) === undefined && Object.keys(labels ?? {}).length === 0;
}

function bindText(mount: Mount, source: string): string {
  const options = [mount.read_only === true ? 'ro' : 'rw', mount.bind?.selinux ?? '', mount.bind?.propagation ?? ''];
  return `${source}:${mount.target}:${options.filter((option) => option !== '').join(',')}`;
}

function mountRequest(mount: Mount, source: string): MountRequest {
  return withoutUndefined<MountRequest>({
    Type: mount.type,
    Source: nonBlank(source),
    Target: mount.target,
    ReadOnly: mount.read_only === true ? true : undefined,
    Consistency: nonBlank(mount.consistency),
    ...typeOptions(mount),
  });
}

function typeOptions(mount: Mount): Partial<MountRequest> {
  switch (mount.type) {
    case 'bind':
      return { BindOptions: bindOptions(mount.bind ?? {}) };
    case 'volume':
      return { VolumeOptions: volumeOptions(mount.volume ?? {}) };
    case 'tmpfs': {
      const { size, mode } = mount.tmpfs ?? {};
      return {
        TmpfsOptions: withoutUndefined<NonNullable<MountRequest['TmpfsOptions']>>({
          SizeBytes: size === undefined ? undefined : Number(size),
          Mode: mode,
        }),
      };
    }
    case 'image':
      return mount.image?.subpath === undefined ? {} : { ImageOptions: { Subpath: mount.image.subpath } };
    default:
      return {};
  }
}

type BindOptions = NonNullable<MountRequest['BindOptions']>;

function bindOptions(bind: NonNullable<Mount['bind']>): BindOptions {
  return withoutUndefined<BindOptions>({
    Propagation: nonBlank(bind.propagation),
    CreateMountpoint: bind.create_host_path === true ? true : undefined,
    NonRecursive: bind.recursive === 'disabled' ? true : undefined,
    ReadOnlyNonRecursive: bind.recursive === 'writable' ? true : undefined,
    ReadOnlyForceRecursive: bind.recursive === 'readonly' ? true : undefined,
  });
}

type VolumeOptions = NonNullable<MountRequest['VolumeOptions']>;

function volumeOptions(volume: NonNullable<Mount['volume']>): VolumeOptions {
  return withoutUndefined<VolumeOptions>({
    NoCopy: volume.nocopy === true ? true : undefined,
    Subpath: nonBlank(volume.subpath),
    Labels: volume.labels,
  });
}
