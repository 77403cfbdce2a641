import { type BigIntStats, type Dirent, lstatSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { type PathPatterns, type PatternState, parsePathPatterns } from './path-patterns.ts';

/** One entry of a folder. */
export interface FolderEntry {
  /** Below the folder, with slashes. */
  readonly path: string;
  readonly kind: 'file' | 'directory' | 'link' | 'device' | 'pipe';
  /** POSIX mode, type bits included. */
  readonly mode: number;
  /** Bytes as the file system counts them, for every name of a file and of a link's text; 0 for directories. */
  readonly size: number;
  /** Nanoseconds since the epoch. */
  readonly modified: bigint;
  /** Of a link its text; of a file the path that came earlier and is the same file. */
  readonly target: string | undefined;
  readonly device: number;
}

/** Which entries of a folder are wanted. */
export interface FolderFilter {
  /** Only what these match, and what lies below; empty means everything. */
  readonly include: readonly string[];
  /** Not what these match, unless a later `!pattern` takes it back in. */
  readonly exclude: readonly string[];
}

interface Walk {
  readonly root: string;
  readonly include: PathPatterns | undefined;
  readonly exclude: PathPatterns;
  /** Paths of files with more than one name, by device and inode. */
  readonly seen: Map<string, string>;
}

interface Position {
  readonly path: string;
  readonly included: PatternState;
  readonly excluded: PatternState;
  /** Directories above that are wanted only if something in them is. */
  readonly pending: FolderEntry[];
}

/**
 * Everything wanted of a folder: names in the order of their bytes, a directory before what it holds. A directory that is left out
 * appears after all when something in it is taken back in. Reads one directory at a time; sockets are left out. Throws what the
 * file system says, and a RangeError for a malformed pattern and for a name that is not UTF-8.
 */
export function* walkFolder(root: string, filter: FolderFilter): Generator<FolderEntry, void, undefined> {
  const include = filter.include.length === 0 ? undefined : parsePathPatterns(filter.include);
  const exclude = parsePathPatterns(filter.exclude);
  yield* walkDirectory(
    { root, include, exclude, seen: new Map() },
    { path: '', included: include?.root ?? [], excluded: exclude.root, pending: [] },
  );
}

function* walkDirectory(walk: Walk, at: Position): Generator<FolderEntry, void, undefined> {
  for (const item of readdirSync(join(walk.root, at.path), { withFileTypes: true }).sort(byBytes)) {
    const path = at.path === '' ? item.name : `${at.path}/${item.name}`;
    const inclusion = walk.include?.judge(path, at.included) ?? { matched: true, state: [] };
    const exclusion = walk.exclude.judge(path, at.excluded);
    const wanted = inclusion.matched && !exclusion.matched;
    if (!wanted && !item.isDirectory()) continue;
    if (!wanted && !mayHoldWanted(walk, path, inclusion.matched, exclusion.matched)) continue;
    const entry = readEntry(walk, path);
    if (entry === undefined) continue;
    if (wanted) yield* flush(at.pending, entry);
    if (entry.kind !== 'directory') continue;
    const pending = wanted ? [] : [...at.pending, entry];
    yield* walkDirectory(walk, { path, included: inclusion.state, excluded: exclusion.state, pending });
    // What a child brought out has been shown with all its parents.
    if (!wanted && pending.length === 0) at.pending.length = 0;
  }
}

function* flush(pending: FolderEntry[], entry: FolderEntry): Generator<FolderEntry, void, undefined> {
  yield* pending.splice(0);
  yield entry;
}

function mayHoldWanted(walk: Walk, path: string, included: boolean, excluded: boolean): boolean {
  if (!included && walk.include?.mayMatchBelow(path) === false) return false;
  return !excluded || walk.exclude.mayExcludeBelow(path);
}

function byBytes(one: Dirent, other: Dirent): number {
  if (one.name === other.name) return 0;
  // UTF-16 sorts like UTF-8 except for what lies beyond the surrogates.
  if (/[\ud800-\uffff]/.test(one.name) || /[\ud800-\uffff]/.test(other.name)) {
    return Buffer.compare(Buffer.from(one.name), Buffer.from(other.name));
  }
  return one.name < other.name ? -1 : 1;
}

function readEntry(walk: Walk, path: string): FolderEntry | undefined {
  const full = join(walk.root, path);
  const stats = lstatSync(full, { bigint: true, throwIfNoEntry: false });
  // Node reads names as text, with this character for what is no text: such a file is not found again by its name.
  if (stats === undefined && path.includes('\ufffd')) {
    throw new RangeError(`the name of ${JSON.stringify(path)} is not UTF-8`);
  }
  // Gone since the directory was read, or a socket.
  const kind = stats === undefined ? undefined : kindOf(stats);
  if (stats === undefined || kind === undefined) return undefined;
  const twin = kind === 'file' && stats.nlink > 1n ? earlierName(walk, stats, path) : undefined;
  return {
    path,
    kind,
    mode: Number(stats.mode),
    size: kind === 'directory' ? 0 : Number(stats.size),
    modified: stats.mtimeNs,
    target: kind === 'link' ? readlinkSync(full) : twin,
    device: kind === 'device' ? Number(stats.rdev) : 0,
  };
}

function earlierName({ seen }: Walk, { dev, ino }: BigIntStats, path: string): string | undefined {
  const key = `${dev}:${ino}`;
  const earlier = seen.get(key);
  if (earlier === undefined) seen.set(key, path);
  return earlier;
}

function kindOf(stats: BigIntStats): FolderEntry['kind'] | undefined {
  if (stats.isFile()) return 'file';
  if (stats.isDirectory()) return 'directory';
  if (stats.isSymbolicLink()) return 'link';
  if (stats.isBlockDevice() || stats.isCharacterDevice()) return 'device';
  return stats.isFIFO() ? 'pipe' : undefined;
}
