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

  test('writes types of a compose file that make a misspelt service or port of it an error of the compiler', async () => {
    await writeFile(join(home, 'shop.yaml'), 'services: {db: {image: a, ports: ["5432"]}, job: {image: b}}\n');
    expect(await node(join(installed, 'bin/topsail.js'), 'types', 'shop.yaml')).toBe('shop.yaml.d.ts\n');
    const program = [
      "import { up } from 'topsail/testing';",
      "import { useStack } from 'topsail/testing/node-test';",
      "import { stackFixture } from 'topsail/testing/vitest';",
      "import { stackTests, type JestFunctions } from 'topsail/testing/jest';",
      'declare const jest: JestFunctions;',
      "const stack = await up('./shop.yaml');",
      "stack.service('db').url(5432); stack.service('job').url(1); (await up('other.yaml')).service('x').url(1);",
      "const used = await useStack({ name: '', after: () => undefined }, 'shop.yaml'); used.service('db').port(5432);",
      "stackTests(jest, 'shop.yaml')('', (given) => void given.service('db').port(5432));",
      '// @ts-expect-error there is no such service',
      "stack.service('bd');",
      '// @ts-expect-error there is no such port',
      "stack.service('db').url(5433);",
      '// @ts-expect-error there is no such service',
      "used.service('bd');",
      '// @ts-expect-error there is no such port',
      "stackFixture('shop.yaml')({ task: { name: '' } }, async (given) => void given.service('db').port(1));",
      '// @ts-expect-error there is no such service',
      "stackTests(jest, 'shop.yaml')('', (given) => void given.service('bd'));",
      'export {};',
    ];
    await writeFile(join(home, 'typed.mts'), program.join('\n'));
    const flags = [
      '--noEmit',
      '--strict',
      '--types',
      'node',
      '--target',
      'es2022',
      '--module',
      'nodenext',
      '--lib',
      'es2022,esnext.disposable',
    ];
    const compiler = join(repository, 'node_modules/typescript/bin/tsc');
    const { stdout } = await run(process.execPath, [compiler, ...flags, 'typed.mts', 'shop.yaml.d.ts'], {
      cwd: home,
    }).catch((error: unknown) => error as { stdout: string });
    expect(stdout).toBe('');
  });
});
