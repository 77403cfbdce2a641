import { isEngineError } from '../engine/engine-error.ts';
import { parseImageReference } from '../engine/image-reference.ts';
import type { ImageInspect } from '../engine/resource.ts';
import type { ContainerRow } from './container-row.ts';
import type { ComposePorts } from './ports.ts';
import { ps } from './ps.ts';

/** The image that a container was made from. */
export interface ImageRow {
  readonly container: string;
  /** `sha256:…` */
  readonly id: string;
  /** As users write it, `nginx` or `127.0.0.1:5000/app`; empty if the image has lost its name. */
  readonly repository: string;
  readonly tag: string;
  /** `linux/amd64`, `linux/arm/v7`; empty if the image is gone. */
  readonly platform: string;
  /** Bytes. */
  readonly size: number;
  /** RFC 3339; undefined if the engine does not say. */
  readonly created: string | undefined;
  /** When the image last got a name here, RFC 3339. */
  readonly lastTagTime: string | undefined;
}

/** The images of a project's containers, stopped ones and one-offs too, by container name (compose-surface 2.5). */
export async function images(
  ports: Pick<ComposePorts, 'engine'>,
  project: string,
  options: { readonly services?: readonly string[]; readonly signal?: AbortSignal } = {},
): Promise<readonly ImageRow[]> {
  const { services = [], signal } = options;
  const call = signal === undefined ? {} : { signal };
  const containers = await ps(ports, { name: project, project: undefined }, { all: true, services, ...call });
  const found = new Map<string, Promise<ImageInspect | undefined>>();
  for (const { imageId } of containers) {
    if (!found.has(imageId)) found.set(imageId, ports.engine.images.inspect(imageId, call).catch(absent));
  }
  return Promise.all(containers.map(async (container) => rowOf(container, await found.get(container.imageId))));
}

/** An image may be removed under a container that was made from it. */
function absent(error: unknown): undefined {
  if (!isEngineError(error, 'not-found')) throw error;
}

function rowOf(container: ContainerRow, image: ImageInspect | undefined): ImageRow {
  return {
    container: container.name,
    id: container.imageId,
    ...nameOf(container.image),
    platform: [image?.Os, image?.Architecture, image?.Variant].filter((part) => (part ?? '') !== '').join('/'),
    size: image?.Size ?? 0,
    created: timeOf(image?.Created),
    lastTagTime: timeOf(image?.Metadata?.LastTagTime),
  };
}

/** A container whose image has lost its name is listed with the image's id in place of one. */
function nameOf(image: string): Pick<ImageRow, 'repository' | 'tag'> {
  const reference = image.startsWith('sha256:') ? { problem: '' } : parseImageReference(image);
  if ('problem' in reference) return { repository: '', tag: '' };
  const { registry, repository, tag = '' } = reference;
  if (registry !== 'docker.io') return { repository: `${registry}/${repository}`, tag };
  return { repository: repository.replace(/^library\//, ''), tag };
}

/** The engine's word for never is the year 1. */
function timeOf(text: string | undefined): string | undefined {
  return text === undefined || text === '' || text.startsWith('0001') ? undefined : text;
}
