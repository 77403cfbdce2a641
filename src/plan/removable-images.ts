import { imageReferenceText, parseImageReference } from '../engine/image-reference.ts';
import type { ImageSummary } from '../engine/resource.ts';
import type { DesiredState } from '../state/desired-state.ts';
import { SERVICE_LABEL } from '../state/labels.ts';
import type { ObservedState } from '../state/observed-state.ts';

/** Which images `down --rmi` is asked to remove. */
export interface ImageRemoval {
  /** `local`: what was built for the project. `all`: also whatever its services name. */
  readonly which: 'local' | 'all';
  /** Only of these services; undefined means all. */
  readonly services: ReadonlySet<string> | undefined;
  /** Also what was built for services that the file does not have. */
  readonly removeOrphans: boolean;
}

/** An image that goes, by the name it loses. */
export interface RemovableImage {
  readonly reference: string;
  /** Engine id, where it is known. */
  readonly id: string | undefined;
}

interface NamedImage {
  readonly service: string;
  readonly image: string;
  /** The name of an image that is built without one: `shop-web`. */
  readonly own: string;
  /** What its build names it. */
  readonly tags: readonly string[];
}

/**
 * The images that `down --rmi` removes (compose-surface section 4.8): those that carry the project's label, those under the name
 * that a build without one gives, and with `all` those that services name. What the engine does not have is left out.
 */
export function removableImages(
  desired: DesiredState | undefined,
  observed: ObservedState,
  removal: ImageRemoval,
): readonly RemovableImage[] {
  const named = namedImages(desired, observed).filter(({ service }) => removal.services?.has(service) !== false);
  const known = new Set(named.flatMap(({ image, own, tags }) => [image, own, ...tags].map(fullName)));
  const built = (observed.builtImages ?? []).filter((image) => wasBuiltFor(image, desired, named, removal));
  const found = [
    ...built.flatMap((image) => goingNames(image, known).map((reference) => ({ reference, id: image.Id }))),
    ...named
      .filter(({ image, own }) => removal.which === 'all' || fullName(image) === fullName(own))
      .map(({ image }) => ({ reference: image, id: observed.images.get(image)?.Id }))
      .filter(({ reference }) => desired === undefined || observed.images.has(reference)),
  ];
  return [...new Map(found.toReversed().map((each) => [fullName(each.reference), each])).values()].toReversed();
}

function namedImages(desired: DesiredState | undefined, observed: ObservedState): readonly NamedImage[] {
  const { project, containers } = observed;
  return (
    desired?.services.map(({ name, image, namePrefix, build }) => {
      return { service: name, image, own: namePrefix.slice(0, -1), tags: build?.request.tags ?? [] };
    }) ??
    containers.map(({ service, summary }) => {
      return { service, image: summary.Image, own: `${project}-${service}`, tags: [] };
    })
  );
}

/** Without a file nothing says which services are no part of the project any more. */
function wasBuiltFor(
  { Labels: labels }: ImageSummary,
  desired: DesiredState | undefined,
  named: readonly NamedImage[],
  { services, removeOrphans }: ImageRemoval,
): boolean {
  const service = labels?.[SERVICE_LABEL];
  if (service === undefined) return false;
  if (named.some((each) => each.service === service)) return true;
  if (desired === undefined) return services?.has(service) !== false;
  return removeOrphans && !desired.services.some(({ name }) => name === service);
}

/** An image may have names that somebody else gave it; those stay, unless it has no other. */
function goingNames({ RepoTags: tags }: ImageSummary, known: ReadonlySet<string>): readonly string[] {
  const names = (tags ?? []).filter((tag) => !tag.startsWith('<none>'));
  const own = names.filter((tag) => known.has(fullName(tag)));
  return own.length > 0 ? own : names.slice(0, 1);
}

/** Engines write one name in several ways: Podman with the registry, Docker without that of Docker Hub. */
function fullName(reference: string): string {
  const parsed = parseImageReference(reference);
  return 'problem' in parsed ? reference : imageReferenceText(parsed);
}
