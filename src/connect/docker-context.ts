import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EngineEndpoint } from '../engine/endpoint.ts';
import { EngineError } from '../engine/engine-error.ts';
import { parseEndpoint } from './parse-endpoint.ts';
import { readTlsMaterial } from './tls-material.ts';

/** The members of a context's `meta.json` that are read. */
interface ContextMeta {
  readonly Endpoints?: {
    readonly docker?: { readonly Host?: unknown; readonly SkipTLSVerify?: unknown };
  };
}

/**
 * The endpoint of a docker context, from `contexts/meta/SHA256(NAME)/meta.json` below the configuration folder. Undefined for the
 * context `default`. Throws an `unreachable` EngineError if there is no such context or it has no usable address.
 */
export async function contextEndpoint(configFolder: string, name: string): Promise<EngineEndpoint | undefined> {
  if (name === 'default') return undefined;
  const { createHash } = await import('node:crypto');
  const id = createHash('sha256').update(name).digest('hex');
  const meta = await readMeta(join(configFolder, 'contexts/meta', id, 'meta.json'), name);
  const { Host: host, SkipTLSVerify: skip } = meta.Endpoints?.docker ?? {};
  const folder = join(configFolder, 'contexts/tls', id, 'docker');
  const tls = existsSync(folder) ? await readTlsMaterial(folder, skip !== true) : undefined;
  const endpoint = typeof host === 'string' ? parseEndpoint(host, tls) : undefined;
  if (endpoint === undefined) {
    throw new EngineError('unreachable', `docker context ${name} has no address of an engine: ${JSON.stringify(host)}`);
  }
  return endpoint;
}

async function readMeta(path: string, name: string): Promise<ContextMeta> {
  try {
    const value: unknown = JSON.parse(await readFile(path, 'utf8'));
    return typeof value === 'object' && value !== null ? value : {};
  } catch (cause) {
    throw new EngineError('unreachable', `there is no docker context ${name} (${path})`, { cause });
  }
}
