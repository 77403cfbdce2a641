import { TopsailError } from '../diagnostics/topsail-error.ts';

/** What is copied. */
export interface CopySource {
  readonly isDirectory: boolean;
  /** Its last name; empty for the root. */
  readonly name: string;
  /** Only what is in the folder, as `folder/.` asks for. */
  readonly contents: boolean;
}

/** Where it is copied to. */
export interface CopyDestination {
  readonly kind: 'directory' | 'other' | 'missing';
  /** Path of the folder it is in, and its last name. */
  readonly parent: string;
  readonly name: string;
  readonly path: string;
  /** Written with a slash at its end: it has to be a folder. */
  readonly asFolder: boolean;
}

/** The folder that takes the copy, and what the copy is called in there; empty if only contents are copied. */
export interface CopyPlace {
  readonly folder: string;
  readonly name: string;
}

/**
 * Into a folder that exists the source goes under its own name, to anything else under the name of the destination. Throws
 * `copy-impossible` where a folder would have to become a file or the other way round.
 */
export function copyPlace(source: CopySource, destination: CopyDestination): CopyPlace {
  const { kind, parent, name, path, asFolder } = destination;
  if (kind === 'directory') return { folder: path, name: source.contents ? '' : source.name };
  if (kind === 'other' && source.isDirectory) throw impossible(`cannot copy directory to ${path}, which is none`);
  if (kind === 'other' && asFolder) throw impossible(`${path} is not a directory`);
  if (!source.isDirectory && asFolder) throw impossible(`no such directory: ${path}`);
  return { folder: parent, name };
}

/** The error of a copy that cannot be made as it was asked for. */
export function impossible(message: string): TopsailError {
  return new TopsailError('copy-impossible', message);
}

/** A path as it was written: its names, and what its end says. */
export interface WrittenPath {
  /** Without `/` and `/.` at the end. */
  readonly path: string;
  readonly contents: boolean;
  readonly asFolder: boolean;
}

/** Reads what a path ends with: `folder/` has to be a folder, `folder/.` means what is in it. */
export function readWrittenPath(text: string): WrittenPath {
  const contents = text === '.' || /\/\.\/*$/.test(text);
  const asFolder = contents || text.endsWith('/');
  const path = text.replace(/\/+(?:\.\/*)?$/, '');
  return { path: path === '' ? '/' : path, contents, asFolder };
}
