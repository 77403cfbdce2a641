import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isEngineError } from '../engine/engine-error.ts';
import { usageError } from './usage-error.ts';

/**
 * Writes a file that only its owner can read, or leaves what was there as it was: the bytes go into a file beside it, which takes its
 * name at the end. Throws a usage error for a place where no file can be.
 */
export async function writeWhole(directory: string, path: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  const target = resolve(directory, path);
  const beside = `${target}.${process.pid}.part`;
  try {
    await pipeline(Readable.from(bytes), createWriteStream(beside, { flags: 'wx', mode: 0o600 }));
    await rename(beside, target);
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined);
    if (isEngineError(error) || !(error instanceof Error)) throw error;
    const missing = 'code' in error && error.code === 'ENOENT';
    throw usageError(
      missing ? `invalid output path: directory ${JSON.stringify(dirname(path))} does not exist` : error.message,
    );
  }
}
