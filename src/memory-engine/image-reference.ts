import { createHash } from 'node:crypto';
import type { ImageInspect } from '../engine/resource.ts';
import type { MemoryImage } from './memory-options.ts';
import type { World } from './world.ts';

/** A reference in the short form the engine lists it under: without the default registry, with a tag. */
export function familiarReference(reference: string): string {
  const short = reference.replace(/^(?:index\.)?docker\.io\//, '').replace(/^library\//, '');
  const lastPart = short.slice(short.lastIndexOf('/') + 1);
  return lastPart.includes(':') || lastPart.includes('@') ? short : `${short}:latest`;
}

/** The image by reference, digest, id or start of an id. */
export function findImage(world: World, reference: string): ImageInspect | undefined {
  const named = world.images.get(familiarReference(reference));
  if (named !== undefined) return named;
  const id = reference.replace(/^sha256:/, '');
  return [...world.images.values()].find(
    (image) =>
      (image.RepoDigests ?? []).includes(reference) ||
      (/^[0-9a-f]{6,64}$/.test(id) && image.Id.replace(/^sha256:/, '').startsWith(id)),
  );
}

/** An image as the engine describes it, from a test's few words. */
export function imageFrom(image: string | MemoryImage): readonly [reference: string, image: ImageInspect] {
  const description: MemoryImage = typeof image === 'string' ? { reference: image } : image;
  const reference = familiarReference(description.reference);
  const id = description.id ?? `sha256:${createHash('sha256').update(reference).digest('hex')}`;
  const digest = description.digest ?? `sha256:${createHash('sha256').update(`digest of ${id}`).digest('hex')}`;
  const repository = reference.replace(/[:@][^/]*$/, '');
  return [
    reference,
    {
      Id: id,
      RepoTags: [reference],
      RepoDigests: [`${repository}@${digest}`],
      Created: '2024-01-01T00:00:00Z',
      Architecture: 'amd64',
      Os: 'linux',
      Size: 1_000_000,
      Config: { ...description.config, Labels: description.labels ?? description.config?.Labels ?? null },
    },
  ];
}
