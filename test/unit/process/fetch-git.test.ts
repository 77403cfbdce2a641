import { access, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isTopsailError } from '../../../src/diagnostics/topsail-error.ts';
import { fetchGitFile } from '../../../src/process/fetch-git.ts';
import { parseGitReference } from '../../../src/source/git-reference.ts';
import { createRemoteCache } from '../../../src/source/remote-cache.ts';
import { canServeGit, type GitServer, startGitServer } from '../../fakes/git-server.ts';

const canServe = await canServeGit();

let server: GitServer;
let folder: string;

beforeEach(async (context) => {
  if (!canServe) context.skip('there is no git with git-http-backend');
  server = await startGitServer();
  folder = await mkdtemp(join(tmpdir(), 'fetch-git-'));
});

afterEach(async () => {
  if (!canServe) return;
  await server[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

interface FetchIt {
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal;
}

function fetchIt(fragment = '', { environment = {}, signal }: FetchIt = {}): Promise<string> {
  const written = `${server.address}${fragment}`;
  const reference = parseGitReference(written);
  if ('problem' in reference) throw new Error(reference.problem);
  const surroundings = { PATH: process.env['PATH'], HOME: folder, ...environment };
  return fetchGitFile(reference, {
    written,
    cache: createRemoteCache(join(folder, 'c')),
    environment: surroundings,
    signal,
  });
}

async function faultOf(fragment: string, options?: FetchIt): Promise<string> {
  try {
    await fetchIt(fragment, options);
  } catch (thrown) {
    if (!isTopsailError(thrown)) throw thrown;
    expect(thrown.diagnostics).toHaveLength(1);
    return `${thrown.code}: ${thrown.message.replaceAll(server.address, 'ADDRESS')}`;
  }
  throw new Error('it was fetched');
}

describe('fetchGitFile', () => {
  test('gives the compose file of the default branch, its neighbours beside it', async () => {
    const commit = await server.commit({ 'compose.yml': 'name: one\n', 'sub/x.env': 'A=1\n' });
    const path = await fetchIt();
    expect(path).toBe(join(folder, 'c', commit, 'compose.yml'));
    expect(await readFile(path, 'utf8')).toBe('name: one\n');
    expect(await readFile(join(dirname(path), 'sub/x.env'), 'utf8')).toBe('A=1\n');
  });

  test('gives a folder or a file inside the repository', async () => {
    const commit = await server.commit({ 'a/compose.yaml': '', 'a/docker-compose.yml': '', 'b/stack.yaml': '' });
    expect(await fetchIt('#:a')).toBe(join(folder, 'c', commit, 'a/compose.yaml'));
    expect(await fetchIt('#main:b/stack.yaml')).toBe(join(folder, 'c', commit, 'b/stack.yaml'));
  });

  test('knows branches, tags with and without a message, and commits', async () => {
    const one = await server.commit({ 'compose.yaml': 'name: one\n' });
    await server.git('tag', 'plain');
    await server.git('tag', '-a', 'told', '-m', 'told');
    await server.git('branch', 'side/main');
    const two = await server.commit({ 'compose.yaml': 'name: two\n' });
    const textOf = async (fragment: string): Promise<string> => readFile(await fetchIt(fragment), 'utf8');
    expect(await textOf('#plain')).toBe('name: one\n');
    expect(await textOf('#told')).toBe('name: one\n');
    expect(await textOf('#side/main')).toBe('name: one\n');
    expect(await textOf('#main')).toBe('name: two\n');
    expect(await textOf('#refs/heads/main')).toBe('name: two\n');
    expect(await textOf(`#${one}`)).toBe('name: one\n');
    expect(await textOf(`#${two}`)).toBe('name: two\n');
  });

  test('follows a branch that moves', async () => {
    await server.commit({ 'compose.yaml': 'name: one\n' });
    await fetchIt('#main');
    await server.commit({ 'compose.yaml': 'name: two\n' });
    expect(await readFile(await fetchIt('#main'), 'utf8')).toBe('name: two\n');
  });

  test('a commit that is there needs no network', async () => {
    const commit = await server.commit({ 'compose.yaml': '' });
    const path = await fetchIt(`#${commit}`);
    server.requests.length = 0;
    expect(await fetchIt(`#${commit}`)).toBe(path);
    expect(server.requests).toEqual([]);
  });

  test('fetches no history', async () => {
    await server.commit({ 'compose.yaml': '' });
    const second = await server.commit({ 'compose.yaml': 'x: 1\n' });
    expect(await readFile(join(dirname(await fetchIt()), '.git/shallow'), 'utf8')).toBe(`${second}\n`);
  });

  test('a repository that another git command works on is left alone', async () => {
    await server.commit({ 'compose.yaml': '' });
    const other = join(folder, 'other');
    const path = await fetchIt('', { environment: { GIT_DIR: other, GIT_WORK_TREE: other, GIT_INDEX_FILE: other } });
    await access(join(dirname(path), '.git'));
    await expect(access(other)).rejects.toThrow('ENOENT');
  });

  test('a link that leads out of the repository is no file', async () => {
    const working = await server.git('rev-parse', '--show-toplevel');
    await symlink('/etc/passwd', join(working, 'compose.yaml'));
    await symlink('/etc', join(working, 'folder'));
    await server.commit({ 'real/compose.yaml': '' });
    await symlink('real', join(working, 'inside'));
    await server.commit({});
    expect(await faultOf('')).toContain('remote-file-not-found');
    expect(await faultOf('#:folder/passwd')).toBe(
      'remote-file-not-found: no compose file in ADDRESS#:folder/passwd: there is no folder/passwd',
    );
    expect(await fetchIt('#:inside')).toMatch(/inside\/compose\.yaml$/);
  });

  test.each([
    ['#nope', 'remote-fetch-failed: cannot fetch ADDRESS#nope: the repository has no branch, tag or commit nope'],
    ['#:nope', 'remote-file-not-found: no compose file in ADDRESS#:nope: there is no nope'],
    [
      '#:empty',
      'remote-file-not-found: no compose file in ADDRESS#:empty: there is no compose.yaml, compose.yml, docker-compose.yml, docker-compose.yaml in empty',
    ],
  ])('refuses %s', async (fragment, fault) => {
    await server.commit({ 'compose.yaml': '', 'empty/README': '' });
    expect(await faultOf(fragment)).toBe(fault);
  });

  test('a commit that is not there leaves nothing behind', async () => {
    await server.commit({ 'compose.yaml': '' });
    expect(await faultOf(`#${'ab'.repeat(20)}`)).toMatch(
      /^remote-fetch-failed: cannot fetch ADDRESS#abab.*not our ref/s,
    );
    expect(await readdir(join(folder, 'c'))).toEqual([]);
  });

  test('a machine without git is told to install it', async () => {
    expect(await faultOf('', { environment: { PATH: folder } })).toBe(
      'git-missing: cannot fetch ADDRESS: there is no git command',
    );
  });

  test('an abort ends git and rejects with its reason', async () => {
    const abort = new AbortController();
    const fetching = fetchIt('', { signal: abort.signal });
    abort.abort(new Error('enough'));
    await expect(fetching).rejects.toThrow('enough');
  });
});
