import type { BuildRequest } from '../../src/engine/builder.ts';

/** A build of a folder, with what a test wants to be different. */
export function buildRequestOf(changes: Partial<BuildRequest> = {}): BuildRequest {
  return {
    context: { kind: 'folder', path: '/src' },
    contexts: [],
    arguments: {},
    labels: {},
    tags: ['app'],
    platforms: [],
    noCache: false,
    pull: false,
    cacheFrom: [],
    cacheTo: [],
    secrets: [],
    agents: [],
    extraHosts: [],
    ulimits: [],
    entitlements: [],
    ...changes,
  };
}
