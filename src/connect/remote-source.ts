import { remoteFileDisabled, remoteReferenceInvalid } from '../diagnostics/remote-diagnostics.ts';
import type { Registry } from '../engine/registry.ts';
import { parseSwitch } from '../project/boolean-words.ts';
import { parseGitReference, withoutPassword } from '../source/git-reference.ts';
import { createRemoteCache, remoteCacheFolder } from '../source/remote-cache.ts';
import { remoteFault } from '../source/remote-fault.ts';
import type { RemoteSource } from '../source/remote-source.ts';
import { connectRegistry, type RegistrySurroundings } from './connect-registry.ts';

const artifactScheme = 'oci://';

/**
 * Compose files in git repositories, through the git command, and in registries. What was fetched is kept between runs.
 * The means are loaded at the first fetch.
 */
export function createRemoteSource(surroundings: RegistrySurroundings): RemoteSource {
  const { environment, homeDirectory } = surroundings;
  const cache = createRemoteCache(remoteCacheFolder(environment, homeDirectory));
  let registry: Promise<Registry> | undefined;
  return {
    fetch: async (written, { signal } = {}) => {
      const isArtifact = written.startsWith(artifactScheme);
      requireEnabled(
        written,
        isArtifact ? 'COMPOSE_EXPERIMENTAL_OCI_REMOTE' : 'COMPOSE_EXPERIMENTAL_GIT_REMOTE',
        environment,
      );
      if (!isArtifact) {
        const reference = parseGitReference(written);
        if ('problem' in reference) {
          throw remoteFault(remoteReferenceInvalid(withoutPassword(written), reference.problem, reference.hint));
        }
        const { fetchGitFile } = await import('../process/fetch-git.ts');
        return fetchGitFile(reference, { written, cache, environment, signal });
      }
      registry ??= connectRegistry(surroundings);
      const { fetchComposeArtifact } = await import('../registry/fetch-compose-artifact.ts');
      return fetchComposeArtifact(written, { registry: await registry, cache, signal });
    },
  };
}

/** A switch that is set to anything but true is off, as in Docker Compose. */
function requireEnabled(written: string, variable: string, environment: RegistrySurroundings['environment']): void {
  const text = environment[variable] ?? '';
  if (text !== '' && parseSwitch(text) !== true) {
    throw remoteFault(remoteFileDisabled(withoutPassword(written), variable));
  }
}
