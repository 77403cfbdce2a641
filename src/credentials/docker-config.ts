import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../diagnostics/thrown.ts';
import { TopsailError } from '../diagnostics/topsail-error.ts';

/** One entry of `auths` in a Docker client's configuration. */
export interface StoredLogin {
  /** `user:password` in base64. */
  readonly auth?: string;
  readonly username?: string;
  readonly password?: string;
  readonly identitytoken?: string;
}

/** Proxies that containers are told of. */
export interface ProxySettings {
  readonly httpProxy?: string;
  readonly httpsProxy?: string;
  readonly noProxy?: string;
  readonly ftpProxy?: string;
  readonly allProxy?: string;
}

/** The members of a Docker client's `config.json` that Topsail reads. */
export interface DockerConfig {
  readonly currentContext?: string;
  readonly auths?: Readonly<Record<string, StoredLogin>>;
  /** Name of the helper program that holds all logins: `docker-credential-NAME`. */
  readonly credsStore?: string;
  /** Helper by registry host. */
  readonly credHelpers?: Readonly<Record<string, string>>;
  /** Keys that end a session on a terminal and leave the process running. */
  readonly detachKeys?: string;
  /** By engine address, `default` for all others. */
  readonly proxies?: Readonly<Record<string, ProxySettings>>;
}

/** The folder of a Docker client's configuration: `DOCKER_CONFIG` or `~/.docker`. */
export function dockerConfigFolder(
  environment: Readonly<Record<string, string | undefined>>,
  homeDirectory: string,
): string {
  const folder = environment['DOCKER_CONFIG'];
  return folder === undefined || folder === '' ? join(homeDirectory, '.docker') : folder;
}

/** Reads `config.json` of the folder; empty if there is none. Throws `docker-config-unreadable` if it cannot be read or is not JSON. */
export async function readDockerConfig(folder: string): Promise<DockerConfig> {
  const path = join(folder, 'config.json');
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(cause) ?? '')) return {};
    throw new TopsailError('docker-config-unreadable', `cannot read ${path}`, { cause });
  }
  try {
    const value: unknown = JSON.parse(text);
    // The members are checked where they are used; the file belongs to the Docker client.
    return typeof value === 'object' && value !== null ? value : {};
  } catch (cause) {
    throw new TopsailError('docker-config-unreadable', `${path} is not valid JSON`, { cause });
  }
}
