import type { DocumentNode } from '../document/node.ts';
import type { Registry } from '../engine/registry.ts';
import type { LoadResult } from '../loader/load-request.ts';
import { rawServiceImages, withRawServiceImages, withServiceImages } from '../loader/service-images.ts';
import type { Project } from '../project/project.ts';
import { ProjectError } from './project-error.ts';
import { resolveImageDigests } from './resolve-image-digests.ts';

/** That `config` shows images by their digests. */
export interface ImagePinning {
  readonly registry: Registry;
  /** Show the images alone, as a file that pins them. */
  readonly lock: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** The project with its images pinned. Throws a ProjectError that names every service whose image cannot be resolved. */
export async function pinProject(project: Project, loaded: LoadResult, pinning: ImagePinning): Promise<Project> {
  const images = Object.entries(project.services).map(([name, { image }]) => [name, image] as const);
  return { ...project, services: withServiceImages(project.services, await pinnedImages(images, loaded, pinning)) };
}

/** The same for a model that is not bound. */
export async function pinModel(model: DocumentNode, loaded: LoadResult, pinning: ImagePinning): Promise<DocumentNode> {
  return withRawServiceImages(model, await pinnedImages(rawServiceImages(model), loaded, pinning));
}

async function pinnedImages(
  services: Iterable<readonly [string, string | undefined]>,
  { diagnostics, sources, locate }: LoadResult,
  { registry, signal }: ImagePinning,
): Promise<ReadonlyMap<string, string>> {
  const images = new Map<string, string>();
  for (const [name, image] of services) if (image !== undefined && image !== '') images.set(name, image);
  const resolved = await resolveImageDigests(images, { registry, locate, signal });
  if (resolved.diagnostics.length === 0) return resolved.images;
  throw new ProjectError([...diagnostics, ...resolved.diagnostics], sources);
}
