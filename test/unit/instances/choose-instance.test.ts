import { expect, test } from 'vitest';
import { chooseInstance } from '../../../src/instances/choose-instance.ts';
import { findWorktree, worktreeInstance } from '../../../src/instances/worktree-name.ts';
import { projectOf } from '../state/project-of.ts';

const read = (files: Readonly<Record<string, string>>) => (path: string) => Promise.resolve(files[path]);
const repository = read({
  '/home/me/shop/.git/HEAD': 'ref: refs/heads/main\n',
  '/home/me/tree/.git': 'gitdir: /home/me/shop/.git/worktrees/tree\n',
  '/home/me/shop/.git/worktrees/tree/HEAD': 'ref: refs/heads/Feature/Search.v2\n',
  '/home/me/loose/.git/HEAD': '4b825dc642cb6eb9a060e54bf8d69288fbee4904\n',
});
const plain = projectOf({ services: {} });
const asking = { ...plain, extensions: { 'x-topsail': { instances: 'worktree' } } };

test('the checkout that a folder lies in is found from its own files', async () => {
  expect(await findWorktree('/home/me/shop/deep/er', repository)).toEqual({ folder: '/home/me/shop', branch: 'main' });
  expect(await findWorktree('/home/me/tree', repository)).toEqual({
    folder: '/home/me/tree',
    branch: 'Feature/Search.v2',
  });
  expect(await findWorktree('/home/me/loose', repository)).toEqual({ folder: '/home/me/loose', branch: undefined });
  expect(await findWorktree('/tmp', repository)).toBeUndefined();
});

test('a checkout is named after its branch, else its folder, and never like another one', () => {
  const tree = { folder: '/a/tree', branch: 'Feature/Search.v2' };
  expect(worktreeInstance(tree)).toMatch(/^feature-search-v2-[0-9a-f]{4}$/);
  expect(worktreeInstance({ ...tree, folder: '/b/tree' })).not.toBe(worktreeInstance(tree));
  expect(worktreeInstance({ folder: '/a/tree', branch: undefined })).toMatch(/^tree-[0-9a-f]{4}$/);
  expect(worktreeInstance({ folder: '/a/日本', branch: undefined })).toMatch(/^[0-9a-f]{4}$/);
  expect(worktreeInstance({ folder: '/a', branch: 'b'.repeat(200) }).length).toBeLessThan(40);
});

test('a name is taken as it is, and without one there is no copy', async () => {
  expect(await chooseInstance(plain, { name: 'x' }, repository)).toEqual({ name: 'x' });
  expect(await chooseInstance(plain, {}, repository)).toBeUndefined();
});

test('a file that asks for it has a copy for each checkout, which has its folder for itself', async () => {
  const chosen = await chooseInstance(asking, {}, repository);
  expect(chosen).toEqual({ name: expect.stringMatching(/^main-[0-9a-f]{4}$/), privateFolder: '/home/me/shop' });
  expect(await chooseInstance(asking, { name: 'auto' }, repository)).toEqual(chosen);
  expect(await chooseInstance(asking, {}, read({}))).toBeUndefined();
});

test('auto is a new name each time, where there may be a new copy', async () => {
  const [one, other] = await Promise.all([1, 2].map(() => chooseInstance(plain, { name: 'auto' }, repository)));
  expect(one?.name).toMatch(/^[a-z][a-z2-9]{5}$/);
  expect(other?.name).not.toBe(one?.name);
  await expect(chooseInstance(plain, { name: 'auto', mayBeNew: false }, repository)).rejects.toMatchObject({
    code: 'instance-unnamed',
  });
});
