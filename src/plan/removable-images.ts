import type { DesiredState } from '../state/desired-state.ts';
import type { ObservedState } from '../state/observed-state.ts';

/**
 * References that `down --rmi` removes: `all` means every image of the services, `local` those that have no name of
 * their own (`<project>-<service>`). Images the engine does not have are left out.
 */
export function removableImages(
  desired: DesiredState | undefined,
  observed: ObservedState,
  asked: ReadonlySet<string> | undefined,
  which: 'local' | 'all' | undefined,
): readonly string[] {
  if (which === undefined) return [];
  const used =
    desired?.services.map(({ name, image, namePrefix }) => ({ service: name, image, own: namePrefix.slice(0, -1) })) ??
    observed.containers.map(({ service, summary }) => ({
      service,
      image: summary.Image,
      own: `${observed.project}-${service}`,
    }));
  return [
    ...new Set(
      used
        .filter(({ service }) => asked === undefined || asked.has(service))
        .filter(({ image, own }) => which === 'all' || image === own || image === `${own}:latest`)
        .map(({ image }) => image)
        .filter((image) => desired === undefined || observed.images.has(image)),
    ),
  ];
}
