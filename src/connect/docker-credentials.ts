import { type CredentialHelper, credentialsFor } from '../credentials/credentials-for.ts';
import { type DockerConfig, dockerConfigFolder, readDockerConfig } from '../credentials/docker-config.ts';
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

function credentialHelper(environment: Environment): CredentialHelper {
  return async (name, serverAddress, call) => {
    const { runProcess } = await import('../process/run-process.ts');
    return runProcess(`docker-credential-${name}`, ['get'], { ...call, input: serverAddress, environment });
  };
}
