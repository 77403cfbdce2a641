import { BuildError } from '../engine/build-error.ts';
import type { BuildRequest } from '../engine/builder.ts';
import type { CallOptions, Engine } from '../engine/engine.ts';
import { hasFolderCache, parseCacheEntries } from './cache-entries.ts';

/** Storage drivers of engines whose images lie in containerd, by the names of its snapshotters. */
const containerdDrivers: ReadonlySet<string> = new Set(['overlayfs', 'native', 'stargz', 'nydus', 'erofs', 'windows']);

/** Caches that an engine without containerd cannot write. */
const writtenByAll: ReadonlySet<string> = new Set(['inline']);

/**
 * Throws a {@link BuildError} `refused` for what only an engine that keeps its images in containerd can do, and for caches in folders,
 * which buildx alone writes. The engine is asked only if the request has such a wish.
 */
export async function refuseForStore(
  request: BuildRequest,
  engine: Pick<Engine, 'information'>,
  call?: CallOptions,
): Promise<void> {
  const wish = wishOf(request);
  if (wish === undefined) return;
  const { storageDriver = '' } = await engine.information(call);
  if (containerdDrivers.has(storageDriver)) {
    if (!hasFolderCache(request.cacheTo)) return;
    const reason = 'a cache export of type local is not supported by the builder of the engine; install buildx';
    throw new BuildError('refused', reason, { elsewhere: 'buildx' });
  }
  const isHeld = request.platforms.length > 1 || request.publish === true || !isAttested(request);
  throw new BuildError(
    'refused',
    `${wish} is not supported by the image store of the engine; turn on its containerd image store, or make a builder with docker buildx create`,
    { elsewhere: isHeld ? 'other-builder' : undefined },
  );
}

function wishOf(request: BuildRequest): string | undefined {
  const { platforms, cacheTo } = request;
  if (platforms.length > 1) return `a build for several platforms (${platforms.join(', ')})`;
  if (isAttested(request)) return 'an attestation';
  if (hasFolderCache(cacheTo)) return 'a cache export of type local';
  const cache = parseCacheEntries(cacheTo).find(({ type }) => !writtenByAll.has(type));
  return cache === undefined ? undefined : `a cache export of type ${cache.type}`;
}

/** What is attested fits into no archive that an engine loads: it can only be pushed, or stay with a builder. */
function isAttested({ provenance, sbom }: Pick<BuildRequest, 'provenance' | 'sbom'>): boolean {
  return isAsked(provenance) || isAsked(sbom);
}

function isAsked(attestation: string | undefined): boolean {
  return attestation !== undefined && attestation !== '' && attestation !== 'false';
}
