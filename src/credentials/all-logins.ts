import type { CallOptions, RegistryCredentials } from '../engine/engine.ts';
import { type CredentialHelper, credentialsFor, storedLogins } from './credentials-for.ts';
import type { DockerConfig } from './docker-config.ts';

/** Runs `docker-credential-NAME list`. Rejects if there is no such program. */
export type CredentialList = (name: string, call: CallOptions) => ReturnType<CredentialHelper>;

/**
 * Every login of a Docker client by the address of its registry: those of the default store, and over them those of
 * helpers for single registries. What a helper cannot give is left out, as docker does.
 */
export async function allLogins(
  config: DockerConfig,
  runHelper: CredentialHelper,
  listHelper: CredentialList,
  call: CallOptions = {},
): Promise<ReadonlyMap<string, RegistryCredentials>> {
  const logins = new Map(storedLogins(config));
  const store = config.credsStore ?? '';
  const listed = store === '' ? [] : await listedAddresses(store, listHelper, call);
  for (const address of [...listed, ...Object.keys(config.credHelpers ?? {})]) {
    const login = await loginOf(address, config, runHelper, call);
    // Engines compare the address inside with that of the registry.
    if (login !== undefined) logins.set(address, { ...login, serverAddress: address });
  }
  return logins;
}

async function listedAddresses(name: string, list: CredentialList, call: CallOptions): Promise<readonly string[]> {
  try {
    const { exitCode, stdout } = await list(name, call);
    const answer: unknown = exitCode === 0 ? JSON.parse(stdout) : undefined;
    return typeof answer === 'object' && answer !== null ? Object.keys(answer) : [];
  } catch (error) {
    if (call.signal?.aborted === true) throw error;
    return [];
  }
}

async function loginOf(
  address: string,
  config: DockerConfig,
  runHelper: CredentialHelper,
  call: CallOptions,
): Promise<RegistryCredentials | undefined> {
  const own = config.credHelpers?.[address] ?? config.credsStore ?? '';
  try {
    // The address as the store has it, which may be that of Docker Hub or an older client's with a path.
    const only = { credHelpers: { 'registry.invalid': own } };
    return await credentialsFor(
      'registry.invalid/any',
      only,
      (name, _, options) => runHelper(name, address, options),
      call,
    );
  } catch (error) {
    if (call.signal?.aborted === true) throw error;
    return undefined;
  }
}

/** The text of a `config.json` that holds these logins and nothing else. */
export function loginsFile(logins: ReadonlyMap<string, RegistryCredentials>): string {
  const auths = Object.fromEntries([...logins].map(([address, login]) => [address, entryOf(login)]));
  return `${JSON.stringify({ auths }, undefined, '\t')}\n`;
}

function entryOf({ username, password, identityToken }: RegistryCredentials): Readonly<Record<string, string>> {
  if (identityToken !== undefined) return { identitytoken: identityToken };
  return { auth: Buffer.from(`${username ?? ''}:${password ?? ''}`).toString('base64') };
}
