import type { Engine } from '../engine/engine.ts';
import { isEngineError } from '../engine/engine-error.ts';

/** How engines name volumes that nobody named, and what newer ones (API 1.42) label them with. */
const givenName = /^[0-9a-f]{64}$/;
const anonymousLabel = 'com.docker.volume.anonymous';

/**
 * The anonymous volumes a container was given by name, because it replaced the one they were made for. The engine takes them
 * for named ones and leaves them when the container is removed with its volumes.
 */
export async function inheritedVolumes(engine: Engine, id: string, signal: AbortSignal): Promise<readonly string[]> {
  const inspect = await unlessGone(engine.containers.inspect(id, { signal }));
  const names = (inspect?.HostConfig.Mounts ?? []).flatMap(({ Type: type, Source: source }) =>
    type === 'volume' && source !== undefined && givenName.test(source) ? [source] : [],
  );
  const volumes = await Promise.all(names.map((name) => unlessGone(engine.volumes.inspect(name, { signal }))));
  return volumes.flatMap((volume) =>
    volume !== undefined && Object.hasOwn(volume.Labels ?? {}, anonymousLabel) ? [volume.Name] : [],
  );
}

/** Removes those that no other container uses. */
export async function removeUnused(engine: Engine, names: readonly string[], signal: AbortSignal): Promise<void> {
  for (const name of names) {
    try {
      await engine.volumes.remove(name, false, { signal });
    } catch (error) {
      if (!isEngineError(error, 'not-found', 'conflict')) throw error;
    }
  }
}

async function unlessGone<Value>(reading: Promise<Value>): Promise<Value | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (isEngineError(error, 'not-found')) return undefined;
    throw error;
  }
}
