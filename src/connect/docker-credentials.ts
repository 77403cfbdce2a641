import { allLogins, loginsFile } from '../credentials/all-logins.ts';
import { type CredentialHelper, credentialsFor } from '../credentials/credentials-for.ts';
import { type DockerConfig, dockerConfigFolder, readDockerConfig } from '../credentials/docker-config.ts';
import type { CallOptions, RegistryCredentials } from '../engine/engine.ts';
import type { EngineSearch, Environment } from './engine-search.ts';
import type { CredentialSource } from './with-credentials.ts';

/** The logins of the user's Docker client. Its configuration is read at the first pull, and once. */
export function dockerCredentials({ environment, homeDirectory }: EngineSearch): CredentialSource {
  let config: Promise<DockerConfig> | undefined;
  const runHelper = credentialHelper(environment);
  return async (reference, call) => {
    config ??= readDockerConfig(dockerConfigFolder(environment, homeDirectory));
    return credentialsFor(reference, await config, runHelper, call);
  };
}

/** The text of a `config.json` with every login of the user's Docker client, for a service with `use_api_socket`. */
export async function loginsForContainers(
  search: Pick<EngineSearch, 'environment' | 'homeDirectory'>,
): Promise<string> {
  return loginsFile(await everyLogin(search));
}

/** Every login of the user's Docker client, by the address of its registry. */
export async function everyLogin(
  { environment, homeDirectory }: Pick<EngineSearch, 'environment' | 'homeDirectory'>,
  call: CallOptions = {},
): Promise<ReadonlyMap<string, RegistryCredentials>> {
  const config = await readDockerConfig(dockerConfigFolder(environment, homeDirectory));
  const list = runCredentials('list', environment);
  return allLogins(config, credentialHelper(environment), (name, options) => list(name, '', options), call);
}

function credentialHelper(environment: Environment): CredentialHelper {
  return runCredentials('get', environment);
}

function runCredentials(action: 'get' | 'list', environment: Environment): CredentialHelper {
  return async (name, input, call) => {
    const { runProcess } = await import('../process/run-process.ts');
    return runProcess(`docker-credential-${name}`, [action], { ...call, input, environment });
  };
}
