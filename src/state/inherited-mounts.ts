import type { MountRequest } from '../engine/container.ts';
import type { ImageInspect } from '../engine/resource.ts';
import type { DesiredService } from './desired-state.ts';
import type { ObservedContainer } from './observed-state.ts';
import { withoutUndefined } from './without-undefined.ts';

/**
 * The mounts a replacement takes over from the container it replaces (compose-surface section 4.2): volumes at paths that
 * the image declares and the file does not speak of, and those of the file's own anonymous volumes.
 */
export function inheritedMounts(
  service: DesiredService,
  old: ObservedContainer,
  image: ImageInspect | undefined,
): readonly MountRequest[] {
  const declared = new Set(Object.keys(image?.Config?.Volumes ?? {}));
  const own = service.template.HostConfig ?? {};
  const anonymous = new Set<string>();
  const spoken = new Set((own.Binds ?? []).map((bind) => bind.split(':')[1] ?? ''));
  for (const mount of own.Mounts ?? []) {
    (mount.Type === 'volume' && mount.Source === undefined ? anonymous : spoken).add(mount.Target);
  }
  return old.mounts
    .filter((mount) => mount.Type !== 'tmpfs')
    .filter(({ Destination: path }) => anonymous.has(path) || (declared.has(path) && !spoken.has(path)))
    .map((mount) =>
      withoutUndefined<MountRequest>({
        Type: mount.Type,
        Source: mount.Type === 'volume' ? (mount.Name ?? mount.Source) : mount.Source,
        Target: mount.Destination,
        ReadOnly: mount.RW === false ? true : undefined,
      }),
    );
}
