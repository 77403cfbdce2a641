import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TlsMaterial } from '../engine/endpoint.ts';

/** Reads `ca.pem`, `cert.pem` and `key.pem` of a folder; each may be missing. */
export async function readTlsMaterial(folder: string, verify: boolean): Promise<TlsMaterial> {
  const [ca, cert, key] = await Promise.all(
    ['ca.pem', 'cert.pem', 'key.pem'].map((name) => readText(join(folder, name))),
  );
  return {
    verify,
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
  };
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return undefined;
  }
}
