import type { CallOptions, Engine } from '../engine/engine.ts';
import type { ImageInspect } from '../engine/resource.ts';
import { mapBounded } from './map-bounded.ts';
import { readIfPresent } from './read-if-present.ts';

/** Inspections that run at the same time. */
const CONCURRENCY = 16;

/** The images of these references that the engine has, by reference; each is inspected once. */
export async function inspectImages(
  engine: Engine,
  references: readonly string[],
  call: CallOptions | undefined,
): Promise<ReadonlyMap<string, ImageInspect>> {
  const images = new Map<string, ImageInspect>();
  await mapBounded([...new Set(references)], CONCURRENCY, async (reference) => {
    const image = await readIfPresent(engine.images.inspect(reference, call));
    if (image !== undefined) images.set(reference, image);
  });
  return images;
}
