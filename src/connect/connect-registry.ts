import type { Registry } from '../engine/registry.ts';
import { dockerCredentials } from './docker-credentials.ts';
import type { EngineSearch } from './engine-search.ts';

/** What the connection to registries is made from. */
export interface RegistrySurroundings extends Pick<EngineSearch, 'environment' | 'homeDirectory'> {
  /** Hosts, with their port, that may be spoken to without TLS, as those of this machine always may. */
  readonly insecureRegistries?: readonly string[];
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
