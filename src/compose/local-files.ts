import { stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { errorCode, errorMessage } from '../diagnostics/thrown.ts';
import { TopsailError } from '../diagnostics/topsail-error.ts';
import { type CopyDestination, impossible, readWrittenPath } from './copy-place.ts';

/** What a path of this machine is as the destination of a copy. Throws `copy-impossible` if the folder it is in is missing. */
export async function localDestination(written: string): Promise<CopyDestination> {
  const { path: text, asFolder } = readWrittenPath(written);
  const path = resolve(text);
  const place = { path, parent: dirname(path), name: basename(path), asFolder };
  const found = await statIfPresent(path);
  if (found !== undefined) return { kind: found.isDirectory() ? 'directory' : 'other', ...place };
  const parent = await statIfPresent(place.parent);
  if (parent?.isDirectory() === true) return { kind: 'missing', ...place };
  throw impossible(`invalid output path: directory ${JSON.stringify(place.parent)} does not exist`);
}

async function statIfPresent(path: string): Promise<Awaited<ReturnType<typeof stat>> | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Waits for work on files of this machine; what the file system says, and what an archive must not hold, is told as `copy-impossible`. */
export async function localFaults<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    throw localFault(error);
  }
}

/** An archive that is being made, and what went wrong with it: whoever reads it only hears that it broke off. */
export function notingFault(pieces: AsyncIterable<Uint8Array>): {
  readonly pieces: AsyncIterable<Uint8Array>;
  readonly fault: () => unknown;
} {
  let fault: unknown;
  async function* noting(): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      yield* pieces;
    } catch (error) {
      fault = localFault(error);
      throw error;
    }
  }
  return { pieces: noting(), fault: () => fault };
}

function localFault(error: unknown): unknown {
  const told = error instanceof RangeError || (typeof error === 'object' && error !== null && 'syscall' in error);
  if (!told) return error;
  return new TopsailError('copy-impossible', errorMessage(error).replace(/^E[A-Z]+: /, ''));
}
