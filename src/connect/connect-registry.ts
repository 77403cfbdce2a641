import type { Registry } from '../engine/registry.ts';
import { dockerCredentials } from './docker-credentials.ts';
import type { EngineSearch } from './engine-search.ts';

/** What the connection to registries is made from. */
export interface RegistrySurroundings extends Pick<EngineSearch, 'environment' | 'homeDirectory'> {
  /** Hosts, with their port, that may be spoken to without TLS, as those of this machine always may. */
  readonly insecureRegistries?: readonly string[];
}

/** The same without anything loaded before the first call, for those who may never ask. */
export function lazyRegistry(surroundings: RegistrySurroundings): Registry {
  let connecting: Promise<Registry> | undefined;
  const connected = (): Promise<Registry> => {
    connecting ??= connectRegistry(surroundings);
    return connecting;
  };
  return {
    digestOf: async (...call) => (await connected()).digestOf(...call),
    tags: async (...call) => (await connected()).tags(...call),
    manifest: async (...call) => (await connected()).manifest(...call),
    blob: async (...call) => (await connected()).blob(...call),
  };
}

/** Registries with the logins of the user's Docker client. Nothing is sent before the first call. */
export async function connectRegistry(surroundings: RegistrySurroundings): Promise<Registry> {
  const { createRegistry } = await import('../registry/create-registry.ts');
  return createRegistry({
    credentials: dockerCredentials(surroundings),
    environment: surroundings.environment,
    insecureRegistries: surroundings.insecureRegistries ?? [],
  });
}
