import type { SourceText } from '../diagnostics/source-text.ts';
import type { RemoteSource } from './remote-source.ts';

/** What a path is. `other` is a device, socket or pipe. */
export type PathKind = 'file' | 'directory' | 'other' | 'missing';

/** How {@link SourceReader.readText} may be told to read. */
export interface ReadOptions {
  readonly signal?: AbortSignal | undefined;
}

/**
 * Text in: everything loading reads from outside passes through here. Paths are absolute. Reading one text that cannot
 * be had throws one TopsailError that carries the same fault as its single diagnostic; its `code` is one of
 * `file-not-found`, `file-is-directory`, `file-unreadable`, `file-too-large`, `file-binary`, `file-not-utf8`.
 */
export interface SourceReader {
  /** The whole text of a file, named by its path. */
  readonly readText: (path: string, options?: ReadOptions) => Promise<SourceText>;
  /** The whole text of standard input, named `-`. It is read once; later calls give the same text. */
  readonly readStandardInput: (options?: ReadOptions) => Promise<SourceText>;
  /** What a path is, symbolic links followed. A path that cannot be looked at counts as missing. */
  readonly kind: (path: string) => Promise<PathKind>;
  /** The path with every symbolic link resolved, or undefined if it does not exist. */
  readonly realPath: (path: string) => Promise<string | undefined>;
  /** Names in a directory, sorted; empty if it cannot be listed. */
  readonly list: (path: string) => Promise<readonly string[]>;
  /** Files that are not on this machine's disk; a reader without it takes local paths only. */
  readonly remote?: RemoteSource | undefined;
}
