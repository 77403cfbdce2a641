import * as fs from 'node:fs';
import { promisify } from 'node:util';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import {
  fileIsDirectory,
  fileNotFound,
  fileTooLarge,
  fileUnreadable,
  noStandardInput,
} from '../diagnostics/source-diagnostics.ts';
import type { SourceText } from '../diagnostics/source-text.ts';
import { errorCode, errorMessage } from '../diagnostics/thrown.ts';
import { TopsailError } from '../diagnostics/topsail-error.ts';
import { decodeText } from './decode-text.ts';
import type { RemoteSource } from './remote-source.ts';
import type { PathKind, ReadOptions, SourceReader } from './source-reader.ts';

/** Most bytes of one text. */
export const maximumSourceBytes: number = 16 * 1024 * 1024;

const chunkBytes = 256 * 1024;

/** What {@link createDiskSourceReader} reads besides the disk. */
export interface DiskSourceReaderOptions {
  /** Standard input as chunks. Without it `-` is an error. */
  readonly standardInput?: AsyncIterable<Uint8Array | string> | undefined;
  /** Without it only local files can be named. */
  readonly remote?: RemoteSource | undefined;
}

/** Every command reads files, and loading `fs/promises` for that costs a short one a twentieth of its time. */
const open = promisify(fs.open);
const read = promisify(fs.read);
const close = promisify(fs.close);
const stat = promisify(fs.stat);
const readdir = promisify(fs.readdir);
const realpath = promisify(fs.realpath.native);

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  ELOOP: 'too many levels of symbolic links',
  ENAMETOOLONG: 'file name too long',
  EMFILE: 'too many open files',
  EIO: 'input/output error',
};

function codeOf(error: unknown): string | undefined {
  return errorCode(error);
}

function faultOf(path: string, error: unknown): Diagnostic {
  const code = codeOf(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') return fileNotFound(path);
  if (code === 'EISDIR') return fileIsDirectory(path);
  return fileUnreadable(path, reasons[code ?? ''] ?? errorMessage(error));
}

function failure(fault: Diagnostic, cause?: unknown): TopsailError {
  return new TopsailError(fault.code, fault.message, { diagnostics: [fault], cause });
}

function decodeOrThrow(name: string, bytes: Uint8Array): SourceText {
  const decoded = decodeText(name, bytes);
  if ('fault' in decoded) throw failure(decoded.fault);
  return decoded.source;
}

/** Reads to the end whatever the size says: a pipe (`-f <(command)`) and files of /proc say zero. */
async function readToLimit(file: number, path: string, signal: AbortSignal | undefined): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let total = 0;
  for (;;) {
    signal?.throwIfAborted();
    const { bytesRead, buffer } = await read(file, Buffer.allocUnsafe(chunkBytes), 0, chunkBytes, null);
    if (bytesRead === 0) return Buffer.concat(chunks, total);
    total += bytesRead;
    if (total > maximumSourceBytes) throw failure(fileTooLarge(path, maximumSourceBytes));
    chunks.push(buffer.subarray(0, bytesRead));
  }
}

async function readFile(path: string, signal: AbortSignal | undefined): Promise<Uint8Array> {
  const facts = await stat(path);
  if (facts.isDirectory()) throw failure(fileIsDirectory(path));
  if (facts.size > maximumSourceBytes) throw failure(fileTooLarge(path, maximumSourceBytes));
  const file = await open(path, 'r');
  try {
    return await readToLimit(file, path, signal);
  } finally {
    await close(file);
  }
}

async function readText(path: string, options: ReadOptions = {}): Promise<SourceText> {
  options.signal?.throwIfAborted();
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path, options.signal);
  } catch (error) {
    if (error instanceof TopsailError || options.signal?.aborted === true) throw error;
    throw failure(faultOf(path, error), error);
  }
  return decodeOrThrow(path, bytes);
}

async function readInput(
  input: AsyncIterable<Uint8Array | string>,
  signal: AbortSignal | undefined,
): Promise<SourceText> {
  const chunks: Uint8Array[] = [];
  let total = 0;
  for await (const chunk of input) {
    signal?.throwIfAborted();
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    total += bytes.length;
    if (total > maximumSourceBytes) throw failure(fileTooLarge('-', maximumSourceBytes));
    chunks.push(bytes);
  }
  return decodeOrThrow('-', Buffer.concat(chunks, total));
}

function kindOf(facts: fs.Stats): PathKind {
  if (facts.isFile()) return 'file';
  return facts.isDirectory() ? 'directory' : 'other';
}

async function kind(path: string): Promise<PathKind> {
  try {
    return kindOf(await stat(path));
  } catch {
    return 'missing';
  }
}

async function realPath(path: string): Promise<string | undefined> {
  try {
    return await realpath(path);
  } catch {
    return undefined;
  }
}

async function list(path: string): Promise<readonly string[]> {
  try {
    return (await readdir(path)).sort();
  } catch {
    return [];
  }
}

/** A SourceReader on the disk of this machine. */
export function createDiskSourceReader(options: DiskSourceReaderOptions = {}): SourceReader {
  let standardInput: Promise<SourceText> | undefined;
  const readStandardInput = async (read: ReadOptions = {}): Promise<SourceText> => {
    if (options.standardInput === undefined) throw failure(noStandardInput());
    standardInput ??= readInput(options.standardInput, read.signal);
    return standardInput;
  };
  return { readText, readStandardInput, kind, realPath, list, remote: options.remote };
}
