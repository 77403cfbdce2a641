import type { ImageInspect } from '../engine/resource.ts';
import { PROJECT_LABEL } from '../state/labels.ts';
import type { ImageBuild } from './assess-builds.ts';
import type { ImageVerdict } from './assess-images.ts';
import { buildId, pullId } from './image-nodes.ts';
import type { PlanDraft } from './plan-draft.ts';

/** Adds the builds: those they take as contexts first. `previous` is the image that an image's users have now. */
export function addBuilds(
  images: ReadonlyMap<string, ImageVerdict>,
  previous: (image: ImageVerdict) => string | undefined,
  draft: PlanDraft,
): void {
  for (const image of images.values()) {
    if (image.build === undefined) continue;
    const { request, cause, afterPull } = image.build;
    draft.add({
      id: buildId(image.reference),
      address: `image:${image.reference}`,
      operation: {
        kind: 'build-image',
        reference: image.reference,
        services: image.services,
        request,
        previousId: previous(image),
      },
      needs: [...neededBuilds(image.build, images), ...(afterPull ? [pullId(image.reference)] : [])],
      cause,
      ...(afterPull ? { guard: { kind: 'unless-done', node: pullId(image.reference) } } : {}),
    });
  }
}

function neededBuilds({ needs }: ImageBuild, images: ReadonlyMap<string, ImageVerdict>): readonly string[] {
  return needs.filter((reference) => images.get(reference)?.build !== undefined).map(buildId);
}

/**
 * Adds the removal of images that builds of this project made and a build now replaces, after everything that may still use them.
 * One that has another name, or that something else uses, stays.
 */
export function addLeftoverRemovals(
  images: ReadonlyMap<string, ImageVerdict>,
  project: string,
  draft: PlanDraft,
): void {
  const users = draft
    .nodes()
    .filter(({ operation }) => operation.kind === 'remove-container')
    .map(({ id }) => id);
  for (const { reference, build, present } of images.values()) {
    if (build === undefined || present === undefined || !isOurs(present, project)) continue;
    draft.add({
      id: `remove leftover:${reference}`,
      address: `image:${present.Id}`,
      operation: { kind: 'remove-leftover', id: present.Id },
      needs: [buildId(reference), ...users],
      cause: `${reference} was built anew`,
      guard: { kind: 'any-changed', nodes: [buildId(reference)] },
    });
  }
}

function isOurs({ Config: config }: ImageInspect, project: string): boolean {
  return config?.Labels?.[PROJECT_LABEL] === project;
}
