import type { Builder } from '../engine/builder.ts';
import type { Engine } from '../engine/engine.ts';
import { dockerCredentials } from './docker-credentials.ts';
import type { EngineSearch } from './engine-search.ts';

/** What builds images on an engine; the adapter is loaded with the first build. */
export function connectBuilder(engine: Engine, search: Pick<EngineSearch, 'environment' | 'homeDirectory'>): Builder {
  const login = dockerCredentials(search);
  return {
    build: async (request, onNews, call) => {
      const { createBuildkitBuilder } = await import('../buildkit/create-buildkit-builder.ts');
      const builder = createBuildkitBuilder(engine, {
        agentSocket: search.environment['SSH_AUTH_SOCK'],
        standardInput: () => process.stdin,
        logins: (host, signal) => login(`${host}/any/image`, { signal }),
      });
      return builder.build(request, onNews, call);
    },
  };
}
