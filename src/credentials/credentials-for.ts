import { TopsailError } from '../diagnostics/topsail-error.ts';
import type { CallOptions, RegistryCredentials } from '../engine/engine.ts';
import type { DockerConfig, StoredLogin } from './docker-config.ts';

/** Runs `docker-credential-NAME get` with the server address as input. Rejects if there is no such program. */
export type CredentialHelper = (
  name: string,
  serverAddress: string,
  call: CallOptions,
) => Promise<{ readonly exitCode: number; readonly stdout: string; readonly stderr: string }>;

/** The name Docker clients store the login of Docker Hub under. */
const hubAddress = 'https://index.docker.io/v1/';

/**
 * The login for the registry of an image reference, from a helper program or the configuration itself; undefined if there is none.
 * Throws `credential-helper-failed` if a helper that is configured cannot be run or answers nonsense.
 */
export async function credentialsFor(
  reference: string,
  config: DockerConfig,
  runHelper: CredentialHelper,
  call: CallOptions = {},
): Promise<RegistryCredentials | undefined> {
  const host = registryHost(reference);
  const serverAddress = host === 'docker.io' ? hubAddress : host;
  const helper = helperFor(config, host);
  if (helper === undefined) return storedCredentials(config, host, serverAddress);
  const answer = await runHelper(helper, serverAddress, call).catch((cause: unknown) => {
    if (call.signal?.aborted === true) throw cause;
    throw new TopsailError('credential-helper-failed', `cannot run docker-credential-${helper}`, { cause });
  });
  if (answer.exitCode !== 0) {
    const complaint = answer.stdout.trim() || answer.stderr.trim();
    if (/credentials not found/i.test(complaint)) return undefined;
    throw new TopsailError('credential-helper-failed', `docker-credential-${helper} failed: ${complaint}`);
  }
  return helperCredentials(helper, serverAddress, answer.stdout);
}

/** The registry of an image reference; `docker.io` if it names none. */
export function registryHost(reference: string): string {
  const [first = '', ...rest] = reference.split('/');
  const named = rest.length > 0 && (first.includes('.') || first.includes(':') || first === 'localhost');
  if (!named || first === 'index.docker.io' || first === 'registry-1.docker.io') return 'docker.io';
  return first;
}

function helperFor(config: DockerConfig, host: string): string | undefined {
  const { credHelpers, credsStore } = config;
  const own = namesOf(host).find((name) => credHelpers !== undefined && Object.hasOwn(credHelpers, name));
  const helper = own === undefined ? credsStore : credHelpers?.[own];
  return helper === '' ? undefined : helper;
}

/** The names a login of a host is stored under, best first. */
function namesOf(host: string): readonly string[] {
  return host === 'docker.io' ? [hubAddress, 'index.docker.io', 'docker.io'] : [host];
}

function storedCredentials(config: DockerConfig, host: string, serverAddress: string): RegistryCredentials | undefined {
  const logins = Object.entries(config.auths ?? {});
  const names = namesOf(host);
  const found =
    logins.find(([name]) => names.includes(name)) ?? logins.find(([name]) => names.includes(hostPart(name)));
  return found === undefined ? undefined : loginCredentials(found[1], serverAddress);
}

/** The logins that the configuration itself holds, by the address they are stored under. */
export function storedLogins(config: DockerConfig): readonly (readonly [string, RegistryCredentials])[] {
  return Object.entries(config.auths ?? {}).flatMap(([address, login]) => {
    const credentials = loginCredentials(login, address);
    return credentials === undefined ? [] : [[address, credentials] as const];
  });
}

/** `registry.example` of `https://registry.example/v2/`, as older clients stored it. */
function hostPart(name: string): string {
  return name.replace(/^https?:\/\//, '').replace(/\/.*$/, '');
}

function loginCredentials(login: StoredLogin, serverAddress: string): RegistryCredentials | undefined {
  if (login.identitytoken !== undefined && login.identitytoken !== '') {
    return { identityToken: login.identitytoken, serverAddress };
  }
  if (login.auth !== undefined && login.auth !== '') {
    const text = Buffer.from(login.auth, 'base64').toString().replace(/\0+$/, '');
    const colon = text.indexOf(':');
    if (colon < 0) return undefined;
    return { username: text.slice(0, colon), password: text.slice(colon + 1), serverAddress };
  }
  if (login.username === undefined || login.password === undefined) return undefined;
  return { username: login.username, password: login.password, serverAddress };
}

function helperCredentials(helper: string, serverAddress: string, answer: string): RegistryCredentials {
  const { Username: username, Secret: secret } = parsedAnswer(helper, answer);
  if (typeof username !== 'string' || typeof secret !== 'string') {
    throw new TopsailError('credential-helper-failed', `docker-credential-${helper} gave no user name and secret`);
  }
  if (username === '<token>') return { identityToken: secret, serverAddress };
  return { username, password: secret, serverAddress };
}

function parsedAnswer(helper: string, answer: string): { readonly Username?: unknown; readonly Secret?: unknown } {
  try {
    const value: unknown = JSON.parse(answer);
    return typeof value === 'object' && value !== null ? value : {};
  } catch (cause) {
    throw new TopsailError('credential-helper-failed', `docker-credential-${helper} gave an answer that is not JSON`, {
      cause,
    });
  }
}
