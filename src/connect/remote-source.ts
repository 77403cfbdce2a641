import { remoteFileDisabled, remoteReferenceInvalid } from '../diagnostics/remote-diagnostics.ts';
import type { Registry } from '../engine/registry.ts';
import { parseSwitch } from '../project/boolean-words.ts';
import { parseGitReference, withoutPassword } from '../source/git-reference.ts';
import { createRemoteCache, type RemoteCache, remoteCacheFolder } from '../source/remote-cache.ts';
import { remoteFault } from '../source/remote-fault.ts';
import type { RemoteSource } from '../source/remote-source.ts';
import { connectRegistry, type RegistrySurroundings } from './connect-registry.ts';

const artifactScheme = 'oci://';

/**
 * Compose files in git repositories, through the git command, and in registries. What was fetched is kept between runs; a
 * reference means the same files as long as the value lives. The means are loaded at the first fetch.
 */
export function createRemoteSource(surroundings: RegistrySurroundings): RemoteSource {
  const { environment, homeDirectory } = surroundings;
  const cache = createRemoteCache(remoteCacheFolder(environment, homeDirectory));
  const fetched = new Map<string, Promise<string>>();
  let registry: Promise<Registry> | undefined;
  const fetchOnce = async (written: string, signal: AbortSignal | undefined): Promise<string> => {
    if (!written.startsWith(artifactScheme)) return fetchFromGit(written, cache, { environment, signal });
    requireEnabled(written, 'COMPOSE_EXPERIMENTAL_OCI_REMOTE', environment);
    registry ??= connectRegistry(surroundings);
    const { fetchComposeArtifact } = await import('../registry/fetch-compose-artifact.ts');
    return fetchComposeArtifact(written, { registry: await registry, cache, signal });
  };
  return {
    fetch: (written, { signal } = {}) => {
      const known = fetched.get(written);
      if (known !== undefined) return known;
      const fetching = fetchOnce(written, signal);
      fetched.set(written, fetching);
      fetching.catch(() => fetched.delete(written));
      return fetching;
    },
  };
}

interface GitSurroundings {
  readonly environment: RegistrySurroundings['environment'];
  readonly signal: AbortSignal | undefined;
}

async function fetchFromGit(written: string, cache: RemoteCache, surroundings: GitSurroundings): Promise<string> {
  requireEnabled(written, 'COMPOSE_EXPERIMENTAL_GIT_REMOTE', surroundings.environment);
  const reference = parseGitReference(written);
  if ('problem' in reference) {
    throw remoteFault(remoteReferenceInvalid(withoutPassword(written), reference.problem, reference.hint));
  }
  const { fetchGitFile } = await import('../process/fetch-git.ts');
  return fetchGitFile(reference, { ...surroundings, written, cache });
}

/** A switch that is set to anything but true is off, as in Docker Compose. */
function requireEnabled(written: string, variable: string, environment: RegistrySurroundings['environment']): void {
  const text = environment[variable] ?? '';
  if (text === '' || parseSwitch(text) === true) return;
  throw remoteFault(remoteFileDisabled(withoutPassword(written), variable));
}
