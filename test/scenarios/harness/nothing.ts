import type { Leftovers } from './scenario.ts';

/** What a project that was taken down has left on the engine. */
export const nothing: Leftovers = { containers: [], networks: [], volumes: [] };
