import type { Engine } from '../engine/engine.ts';
import { dockerCredentials } from './docker-credentials.ts';
import type { EngineSearch } from './engine-search.ts';
import { type FoundEngine, findEngine } from './find-engine.ts';
import { withCredentials } from './with-credentials.ts';

/**
 * Finds an engine and connects to it; pulls use the logins of the user's Docker client. The adapter is loaded while the engine is
 * asked whether it is there. Throws an EngineError: `unreachable`, `access-denied` or `aborted`.
 */
export async function connectEngine(search: EngineSearch): Promise<Engine> {
  const [found] = await Promise.all([findEngine(search), loadAdapter()]);
  return connectFound(found, search);
}

/** Connects to an engine that was found. */
export async function connectFound(found: FoundEngine, search: EngineSearch): Promise<Engine> {
  const { createDockerodeEngine } = await loadAdapter();
  const engine = await createDockerodeEngine(found.endpoint, {
    ping: found.ping,
    ...(found.open === undefined ? {} : { open: found.open }),
  });
  return withCredentials(engine, dockerCredentials(search));
}

/** dockerode costs more to load than the rest of Topsail, so only those who connect load it. */
function loadAdapter(): Promise<typeof import('../dockerode/create-dockerode-engine.ts')> {
  return import('../dockerode/create-dockerode-engine.ts');
}
