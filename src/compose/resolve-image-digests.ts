import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { imageDigestUnknown } from '../diagnostics/remote-diagnostics.ts';
import type { SourceRange } from '../diagnostics/source-range.ts';
import { errorMessage } from '../diagnostics/thrown.ts';
import { type ImageReference, imageReferenceText, parseImageReference } from '../engine/image-reference.ts';
import type { Registry } from '../engine/registry.ts';
import { mapBounded } from '../observe/map-bounded.ts';

/** How digests are resolved. */
export interface DigestResolution {
  readonly registry: Registry;
  /** Where the value at a project path is written. */
  readonly locate: (path: string) => SourceRange | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Images with their digests, by service; services whose image could not be resolved are missing and have a diagnostic. */
export interface ResolvedImages {
  readonly images: ReadonlyMap<string, string>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Most registry calls at a time. */
const parallelCalls = 8;

/**
 * Asks the registries for the digests of images, each image once; an image that has a digest already is asked for
 * nothing. The answers are references in full, such as `docker.io/library/nginx:alpine@sha256:…`.
 */
export async function resolveImageDigests(
  images: ReadonlyMap<string, string>,
  resolution: DigestResolution,
): Promise<ResolvedImages> {
  const distinct = [...new Set(images.values())];
  const outcomes = await mapBounded(distinct, parallelCalls, (image) => resolveImage(image, resolution));
  const byImage = new Map(distinct.map((image, index) => [image, outcomes[index]] as const));
  const resolved = new Map<string, string>();
  const diagnostics: Diagnostic[] = [];
  for (const [service, image] of images) {
    const outcome = byImage.get(image);
    if (outcome === undefined) continue;
    if ('text' in outcome) resolved.set(service, outcome.text);
    else diagnostics.push(unknownDigest(service, image, outcome.problem, resolution));
  }
  return { images: resolved, diagnostics };
}

async function resolveImage(
  image: string,
  { registry, signal }: DigestResolution,
): Promise<{ readonly text: string } | { readonly problem: string }> {
  const reference = parseImageReference(image);
  if ('problem' in reference) return reference;
  try {
    return { text: imageReferenceText(await withDigest(reference, registry, signal)) };
  } catch (thrown) {
    if (signal?.aborted === true) throw thrown;
    return { problem: errorMessage(thrown) };
  }
}

async function withDigest(
  reference: ImageReference,
  registry: Registry,
  signal: AbortSignal | undefined,
): Promise<ImageReference> {
  if (reference.digest !== undefined) return reference;
  return { ...reference, digest: await registry.digestOf(reference, signal === undefined ? {} : { signal }) };
}

function unknownDigest(
  service: string,
  image: string,
  problem: string,
  { locate }: Pick<DigestResolution, 'locate'>,
): Diagnostic {
  const range = locate(`services.${JSON.stringify(service)}.image`);
  return { ...imageDigestUnknown(service, image, problem), ...(range === undefined ? {} : { range }) };
}
