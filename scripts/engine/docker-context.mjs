import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * The docker context in force, unless it is the default one.
 * @returns {Promise<{name: string, address: string, certificates?: string} | undefined>}
 */
export async function currentContext() {
  const folder = process.env.DOCKER_CONFIG || join(homedir(), '.docker');
  const name = process.env.DOCKER_CONTEXT || (await readJson(join(folder, 'config.json')))?.currentContext;
  if (!name || name === 'default') return undefined;
  const id = createHash('sha256').update(name).digest('hex');
  const meta = await readJson(join(folder, 'contexts/meta', id, 'meta.json'));
  const address = meta?.Endpoints?.docker?.Host;
  if (typeof address !== 'string') return undefined;
  const certificates = join(folder, 'contexts/tls', id, 'docker');
  return { name, address, ...(existsSync(certificates) ? { certificates } : {}) };
}

async function readJson(path) {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return undefined;
  }
}
