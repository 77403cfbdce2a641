import { execFile } from 'node:child_process';
import { access, mkdir, mkdtemp, readdir, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const run = promisify(execFile);
const repository = fileURLToPath(new URL('../..', import.meta.url));

/** A folder of someone who installed the packed tarball. Its dependencies are those of this checkout. */
let home = '';
let installed = '';

beforeAll(async () => {
  home = await realpath(await mkdtemp(join(tmpdir(), 'topsail-package-')));
  const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', home], {
    cwd: repository,
  });
  const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
  installed = join(home, 'node_modules/topsail');
  await mkdir(installed, { recursive: true });
  await run('tar', ['-xzf', join(home, filename), '--strip-components=1', '-C', installed]);
  for (const name of await readdir(join(repository, 'node_modules'))) {
    if (!name.startsWith('.')) await symlink(join(repository, 'node_modules', name), join(home, 'node_modules', name));
  }
  await writeFile(join(home, 'compose.yaml'), 'services:\n  web:\n    image: busybox\n');
});

afterAll(async () => {
  await rm(home, { recursive: true, force: true });
});

/** Runs Node in that folder with nothing in the environment. */
async function node(...words: readonly string[]): Promise<string> {
  const { stdout } = await run(process.execPath, words, { cwd: home, env: { PATH: '', HOME: home } });
  return stdout;
}

describe('the packed package', () => {
  test('holds what a user needs and none of what a developer needs', async () => {
    expect((await readdir(installed)).sort()).toEqual([
      'LICENSE',
      'README.md',
      'bin',
      'dist',
      'docs',
      'package.json',
      'schemas',
    ]);
    await access(join(installed, 'dist/cli/THIRD_PARTY_NOTICES.txt'));
  });

  test('is imported by its name and loads a project', async () => {
    const program = `
      import * as topsail from 'topsail';
      console.log(JSON.stringify(Object.keys(topsail)));`;
    await writeFile(join(home, 'program.mjs'), program);
    const names = JSON.parse(await node('program.mjs')) as string[];
    expect(names).toEqual(expect.arrayContaining(['load', 'plan', 'up', 'down', 'ps', 'logs']));
  });

  test('brings a command that runs without any tool on the machine', async () => {
    const launcher = join(installed, 'bin/topsail.js');
    expect(await node(launcher, 'version')).toContain('0.1.0');
    expect(JSON.parse(await node(launcher, 'config', '--format', 'json'))).toMatchObject({
      services: { web: { image: 'busybox' } },
    });
  });
});
