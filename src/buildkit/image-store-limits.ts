import { BuildError } from '../engine/build-error.ts';
import type { BuildRequest } from '../engine/builder.ts';
import type { CallOptions, Engine } from '../engine/engine.ts';
import { type CacheEnvironment, parseCacheEntries } from './cache-entries.ts';

/** Storage drivers of engines whose images lie in containerd, by the names of its snapshotters. */
const containerdDrivers: ReadonlySet<string> = new Set(['overlayfs', 'native', 'stargz', 'nydus', 'erofs', 'windows']);

/** Caches that an engine without containerd cannot write. */
const writtenByAll: ReadonlySet<string> = new Set(['inline']);

/**
 * Throws a {@link BuildError} `refused` for what only an engine that keeps its images in containerd can do. The engine is asked only if
 * the request has such a wish.
 */
export async function refuseForStore(
  request: BuildRequest,
  engine: Pick<Engine, 'information'>,
  environment: CacheEnvironment,
  call?: CallOptions,
): Promise<void> {
  const wish = wishOf(request, environment);
  if (wish === undefined) return;
  const { storageDriver = '' } = await engine.information(call);
  if (containerdDrivers.has(storageDriver)) return;
  const isHeld = request.platforms.length > 1 || request.publish === true || !isAttested(request);
  throw new BuildError(
    'refused',
    `${wish} is not supported by the image store of the engine; turn on its containerd image store, or make a builder with docker buildx create`,
    { elsewhere: isHeld ? 'other-builder' : undefined },
  );
}

function wishOf(request: BuildRequest, environment: CacheEnvironment): string | undefined {
  const { platforms, cacheTo, contexts } = request;
  if (platforms.length > 1) return `a build for several platforms (${platforms.join(', ')})`;
  if (isAttested(request)) return 'an attestation';
  if (contexts.some(({ source }) => source.kind === 'layout')) return 'an OCI layout as a context';
  const cache = parseCacheEntries(cacheTo, environment).find(({ type }) => !writtenByAll.has(type));
  return cache === undefined ? undefined : `a cache export of type ${cache.type}`;
}

/** What is attested fits into no archive that an engine loads: it can only be pushed, or stay with a builder. */
function isAttested({ provenance, sbom }: Pick<BuildRequest, 'provenance' | 'sbom'>): boolean {
  return isAsked(provenance) || isAsked(sbom);
}

function isAsked(attestation: string | undefined): boolean {
  return attestation !== undefined && attestation !== '' && attestation !== 'false';
}
