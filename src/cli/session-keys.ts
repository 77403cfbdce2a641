import { dockerConfigFolder, readDockerConfig } from '../credentials/docker-config.ts';
import { defaultDetachKeys, parseDetachKeys } from './detach-keys.ts';
import type { Session } from './session.ts';

/** Keys that end a session on a terminal, as they are named and as they come. */
export interface SessionKeys {
  readonly text: string;
  readonly bytes: Uint8Array;
}

/** The detach keys: those of the flag, else of the Docker client's configuration, else ctrl-p,ctrl-q. Throws a usage error. */
export async function sessionKeys({ host }: Session, flag?: string): Promise<SessionKeys> {
  const text = flag ?? (await configuredKeys(host)) ?? defaultDetachKeys;
  const chosen = text === '' ? defaultDetachKeys : text;
  return { text: chosen, bytes: parseDetachKeys(chosen) };
}

async function configuredKeys({ environment, homeDirectory }: Session['host']): Promise<string | undefined> {
  const { detachKeys } = await readDockerConfig(dockerConfigFolder(environment, homeDirectory));
  return typeof detachKeys === 'string' ? detachKeys : undefined;
}
