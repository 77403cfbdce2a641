import type { CallOptions, Engine, RegistryCredentials } from '../engine/engine.ts';

/** Finds the login for a pull of an image; undefined to pull without one. */
export type CredentialSource = (reference: string, call: CallOptions) => Promise<RegistryCredentials | undefined>;

/** The engine with logins looked up for every pull that brings none of its own. */
export function withCredentials(engine: Engine, source: CredentialSource): Engine {
  const { images } = engine;
  return {
    ...engine,
    images: {
      ...images,
      pull: async function* (reference, query, call) {
        const credentials = query?.credentials ?? (await source(reference, call ?? {}));
        yield* images.pull(reference, { ...query, ...(credentials === undefined ? {} : { credentials }) }, call);
      },
    },
  };
}
