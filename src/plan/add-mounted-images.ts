import type { DesiredService } from '../state/desired-state.ts';
import type { ObservedState } from '../state/observed-state.ts';
import type { ImageVerdict } from './assess-images.ts';

/** The verdicts with those of images that services only mount: they are pulled if they are not there, whatever the policies. */
export function withMountedImages(
  verdicts: ReadonlyMap<string, ImageVerdict>,
  services: readonly DesiredService[],
  observed: ObservedState,
): ReadonlyMap<string, ImageVerdict> {
  const all = new Map(verdicts);
  for (const { name, imageMounts } of services) {
    for (const reference of imageMounts) {
      const known = all.get(reference);
      if (known === undefined) all.set(reference, mountedImage(reference, name, observed));
      else if (!known.services.includes(name)) all.set(reference, { ...known, services: [...known.services, name] });
    }
  }
  return all;
}

function mountedImage(reference: string, service: string, observed: ObservedState): ImageVerdict {
  const present = observed.images.get(reference);
  return {
    reference,
    platform: undefined,
    present,
    pull: present === undefined ? 'missing' : undefined,
    policy: 'missing',
    stamped: false,
    services: [service],
    build: undefined,
  };
}
