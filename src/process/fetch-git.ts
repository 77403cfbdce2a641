import { realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { gitMissing, remoteFetchFailed, remoteFileNotFound } from '../diagnostics/remote-diagnostics.ts';
import { errorMessage } from '../diagnostics/thrown.ts';
import { isTopsailError } from '../diagnostics/topsail-error.ts';
import { composeFileNames } from '../source/compose-file-names.ts';
import { type GitReference, withoutPassword } from '../source/git-reference.ts';
import type { RemoteCache } from '../source/remote-cache.ts';
import { remoteFault } from '../source/remote-fault.ts';
import { type GitSurroundings, runGit } from './git-command.ts';

/** What one fetch needs beside the reference. */
export interface GitFetch extends GitSurroundings {
  /** The reference as it was written, for messages. */
  readonly written: string;
  readonly cache: RemoteCache;
}

const commitForm = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/**
 * Gives the path of a compose file in a git repository (compose-surface 1.4, item 12): the revision becomes a commit, the
 * commit is fetched without its history into the cache unless it is there. A full commit that is there needs no network.
 * Throws what a RemoteSource throws.
 */
export async function fetchGitFile(reference: GitReference, fetch: GitFetch): Promise<string> {
  const shown = withoutPassword(fetch.written);
  try {
    const commit = await resolveCommit(reference, fetch);
    const folder = await fetch.cache.provide(commit, (empty) => checkOut(reference, commit, empty, fetch));
    return await composeFileIn(folder, reference.path, shown);
  } catch (thrown) {
    if (isTopsailError(thrown)) throw thrown;
    if (fetch.signal?.aborted === true) throw thrown;
    if (isMissingProgram(thrown)) throw remoteFault(gitMissing(shown), thrown);
    const reason = errorMessage(thrown);
    throw remoteFault(remoteFetchFailed(shown, reason), thrown);
  }
}

function isMissingProgram(thrown: unknown): boolean {
  return typeof thrown === 'object' && thrown !== null && 'syscall' in thrown && thrown.syscall === 'spawn git';
}

async function resolveCommit({ repository, revision = 'HEAD' }: GitReference, fetch: GitFetch): Promise<string> {
  if (commitForm.test(revision)) return revision;
  const listed = await runGit(['ls-remote', '--exit-code', '--', repository, revision], fetch);
  const shown = withoutPassword(fetch.written);
  if (listed.exitCode === 2) {
    throw remoteFault(remoteFetchFailed(shown, `the repository has no branch, tag or commit ${revision}`));
  }
  if (listed.exitCode !== 0) throw refusal(shown, listed.stderr);
  const commit = chosenCommit(listed.stdout, revision);
  if (commit !== undefined) return commit;
  throw remoteFault(remoteFetchFailed(shown, `git does not say which commit ${revision} is`));
}

/** `main` also lists `refs/heads/feature/main`; what has exactly the name counts, a branch before a tag. */
function chosenCommit(listing: string, revision: string): string | undefined {
  const commits = new Map<string, string>();
  for (const line of listing.split('\n')) {
    const [commit = '', name = ''] = line.trim().split(/\s+/);
    if (commitForm.test(commit)) commits.set(name, commit);
  }
  const names = [revision, `refs/heads/${revision}`, `refs/tags/${revision}`, `refs/${revision}`];
  return names.map((name) => commits.get(name)).find((commit) => commit !== undefined) ?? [...commits.values()][0];
}

async function checkOut({ repository }: GitReference, commit: string, folder: string, fetch: GitFetch): Promise<void> {
  const shown = withoutPassword(fetch.written);
  const steps = [
    ['init', '--quiet', '--template=', '--', folder],
    // By address rather than by a named remote: the address may hold a password, which a remote would keep on the disk.
    ['-C', folder, 'fetch', '--quiet', '--depth=1', '--no-tags', '--no-recurse-submodules', '--', repository, commit],
    ['-C', folder, 'checkout', '--quiet', '--detach', 'FETCH_HEAD'],
  ];
  for (const parameters of steps) {
    const { exitCode, stderr } = await runGit(parameters, fetch);
    if (exitCode !== 0) throw refusal(shown, stderr);
  }
}

function refusal(shown: string, complaint: string): Error {
  const text = withoutPassword(complaint.trim()) || 'git failed';
  const login = /authentication failed|could not read (?:username|password)|permission denied|terminal prompts/i.test(
    text,
  );
  const hint = login ? 'git cannot log in without asking: set up a credential helper or an ssh key' : undefined;
  return remoteFault(remoteFetchFailed(shown, text, hint));
}

/** The file at the path, or the compose file of the folder there. Links that lead out of the repository count as missing. */
async function composeFileIn(folder: string, path: string | undefined, shown: string): Promise<string> {
  const root = await realpath(folder);
  const target = path === undefined ? folder : join(folder, path);
  const place = await kindWithin(root, target);
  if (place === 'file') return target;
  if (place === undefined) throw remoteFault(remoteFileNotFound(shown, `there is no ${path ?? 'folder'}`));
  for (const name of composeFileNames) {
    const file = join(target, name);
    if ((await kindWithin(root, file)) === 'file') return file;
  }
  throw remoteFault(remoteFileNotFound(shown, `there is no ${composeFileNames.join(', ')} in ${path ?? 'it'}`));
}

async function kindWithin(root: string, path: string): Promise<'file' | 'folder' | undefined> {
  try {
    const real = await realpath(path);
    if (real !== root && !real.startsWith(root + sep)) return undefined;
    const facts = await stat(real);
    if (facts.isDirectory()) return 'folder';
    return facts.isFile() ? 'file' : undefined;
  } catch {
    return undefined;
  }
}
