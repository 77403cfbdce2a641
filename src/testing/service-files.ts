import { posix, resolve } from 'node:path';
import { copyIn, copyOut, packOut } from '../compose/copy.ts';
import { impossible, readWrittenPath } from '../compose/copy-place.ts';
import type { ComposePorts } from '../compose/ports.ts';
import { isEngineError } from '../engine/engine-error.ts';
import { readTar } from '../source/read-tar.ts';
import { tarEnd, tarHeader } from '../source/tar-entry.ts';
import type { Replica } from './replica.ts';

/** What a file in a container is to hold. */
export interface FileContent {
  readonly content: string | Uint8Array;
  /** Permission bits; 0o644 without any. It belongs to root. */
  readonly mode?: number;
}

/** How files are copied. */
export interface FileOptions {
  /** Number of the container; without it the first one to copy from, all of them to copy to. */
  readonly index?: number;
  /** A link at the source stands for what it leads to. */
  readonly followLink?: boolean;
  readonly signal?: AbortSignal;
}

/** The containers of a service whose files are meant. */
export interface FilesSubject {
  readonly ports: ComposePorts;
  readonly project: string;
  readonly service: string;
}

/** Copies a file or folder of this machine into containers. Throws `copy-impossible` and EngineError. */
export function copyPathIn(subject: FilesSubject, from: string, to: string, options: FileOptions): Promise<void> {
  const { ports, project, service } = subject;
  return copyIn(ports, project, { ...options, service, containerPath: to, localPath: absolute(from) });
}

/** Copies a file or folder of a container to this machine. Throws `copy-impossible` and EngineError. */
export function copyPathOut(subject: FilesSubject, from: string, to: string, options: FileOptions): Promise<void> {
  const { ports, project, service } = subject;
  return copyOut(ports, project, { ...options, service, containerPath: from, localPath: absolute(to) });
}

/** Writes a file in containers, and the folders that it is in. Throws `copy-impossible` and EngineError. */
export async function writeIn(
  { ports: { engine } }: FilesSubject,
  replicas: readonly Replica[],
  { content, mode = 0o644 }: FileContent,
  to: string,
  { signal }: FileOptions,
): Promise<void> {
  const call = signal === undefined ? {} : { signal };
  const { path: written, asFolder } = readWrittenPath(to);
  const path = posix.resolve('/', written);
  if (asFolder || path === '/') throw impossible(`${to} names a folder; a text needs the name of a file`);
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  const put = async (id: string, folder: string): Promise<void> => {
    const name = posix.relative(folder, path);
    await engine.containers.putArchive(id, folder, fileArchive(name, bytes, mode), {
      ...call,
      noOverwriteDirNonDir: true,
    });
  };
  await Promise.all(
    replicas.map(({ id }) =>
      // Whoever unpacks makes the folders that are missing below the one that is there.
      put(id, posix.dirname(path)).catch((error: unknown) => {
        if (!isEngineError(error, 'not-found')) throw error;
        return put(id, '/');
      }),
    ),
  );
}

/** Reads a file of a container, whatever links lead to it. Throws `copy-impossible` for a folder, and EngineError. */
export async function readOut(subject: FilesSubject, from: string, options: FileOptions): Promise<Buffer> {
  const { ports, project, service } = subject;
  const tar = await packOut(ports, project, { ...options, service, containerPath: from, followLink: true });
  for await (const { kind, content } of readTar(tar)) {
    if (kind !== 'file') break;
    const pieces: Uint8Array[] = [];
    for await (const piece of content) pieces.push(piece);
    return Buffer.concat(pieces);
  }
  throw impossible(`${from} is no file: say where on this machine it is to be copied to`);
}

function fileArchive(path: string, content: Uint8Array, mode: number): Uint8Array {
  const time = Math.floor(Date.now() / 1000);
  const header = tarHeader({ path, kind: 'file', mode, uid: 0, gid: 0, size: content.length, time });
  return Buffer.concat([header, content, Buffer.alloc((512 - (content.length % 512)) % 512), tarEnd]);
}

/** What the end says, as of `folder/.`, is kept. */
function absolute(path: string): string {
  const [end = ''] = /\/+(?:\.\/*)?$/.exec(path) ?? [];
  return path === '.' ? `${resolve(path)}/.` : `${resolve(path)}${end}`;
}
