import { createHash } from 'node:crypto';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { normalizeProjectName } from '../project/project-name.ts';

/** Reads a text file; undefined if there is none, or if it is a folder. */
export type ReadOptionalText = (path: string) => Promise<string | undefined>;

/** A checkout of a git repository: the repository's own folder or one of its worktrees. */
export interface Worktree {
  /** Its top folder. */
  readonly folder: string;
  /** Undefined while no branch is checked out. */
  readonly branch: string | undefined;
}

/** Longest part of a branch in a name. */
const longestBranch = 30;

/** The checkout that a folder lies in, read from git's own files; undefined if it lies in none. */
export async function findWorktree(folder: string, read: ReadOptionalText): Promise<Worktree | undefined> {
  for (let current = folder; ; current = dirname(current)) {
    const git = join(current, '.git');
    // Of a worktree it is a file that says where git keeps what belongs to it.
    const pointer = /^gitdir:\s*(?<path>.+?)\s*$/m.exec((await read(git)) ?? '')?.groups?.['path'];
    const kept = pointer === undefined ? git : isAbsolute(pointer) ? pointer : join(current, pointer);
    const head = await read(join(kept, 'HEAD'));
    if (head !== undefined) return { folder: current, branch: branchOf(head) };
    if (dirname(current) === current) return undefined;
  }
}

function branchOf(head: string): string | undefined {
  const branch = /^ref:\s*refs\/heads\/(?<branch>.+?)\s*$/m.exec(head)?.groups?.['branch'];
  return branch === '.invalid' ? undefined : branch;
}

/**
 * The name of the copy that belongs to a checkout: its branch, else its folder, and a few characters that tell apart two
 * checkouts of one branch on one engine.
 */
export function worktreeInstance({ folder, branch }: Worktree): string {
  const words = (branch ?? basename(folder)).replaceAll(/[^a-zA-Z0-9_-]+/g, '-').slice(0, longestBranch);
  const readable = normalizeProjectName(words).replace(/[_-]+$/, '');
  const mark = createHash('sha256')
    .update(`${folder}\0${branch ?? ''}`)
    .digest('hex')
    .slice(0, 4);
  return readable === '' ? mark : `${readable}-${mark}`;
}
