import { execFile } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const run = promisify(execFile);
const sources = fileURLToPath(new URL('../../../bin', import.meta.url));
const bundle = `//0123456789abcdef
const { greeting } = require('./part.js');
exports.main = async (words) => {
  if (words.includes('more')) console.log(require('./more.js').text);
  console.log(greeting + words.join(' '));
  return words.length;
};
`;
const parts = { 'part.js': "exports.greeting = 'hello ';\n", 'more.js': "exports.text = 'more';\n" };

let root = '';
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'topsail-launcher-'));
  await cp(sources, join(root, 'bin'), { recursive: true });
});
afterEach(async () => {
  await rm(root, { recursive: true });
});

async function installBundle(): Promise<void> {
  await mkdir(join(root, 'dist/cli'), { recursive: true });
  await writeFile(join(root, 'dist/cli/topsail.cjs'), bundle);
  for (const [name, text] of Object.entries(parts)) await writeFile(join(root, 'dist/cli', name), text);
}

/** The first run finds out which files the command needs, the second one which functions. */
async function warmUp(): Promise<void> {
  await launch(['up']);
  await launch(['up']);
}

interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function launch(words: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Outcome> {
  const env = { PATH: process.env['PATH'] ?? '', XDG_CACHE_HOME: join(root, 'cache'), ...environment };
  try {
    return { exitCode: 0, ...(await run(process.execPath, [join(root, 'bin/topsail.js'), ...words], { env })) };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { exitCode: code, stdout, stderr };
  }
}

const cacheFolder = (): string => join(root, 'cache/topsail/code');
const cacheFiles = async (): Promise<string[]> => await readdir(cacheFolder()).catch(() => []);

describe('the launcher', () => {
  test('says how to build when nothing is built', async () => {
    const { exitCode, stdout, stderr } = await launch(['up']);
    expect(stderr).toBe(`topsail: not built yet, run \`npm install && npm run build\` in ${root}\n`);
    expect(stdout).toBe('');
    expect(exitCode).toBe(1);
  });

  test('never reports success for a command that ended without an exit code', async () => {
    await mkdir(join(root, 'dist/cli'), { recursive: true });
    await writeFile(join(root, 'dist/cli/topsail.cjs'), '//0\nexports.main = () => new Promise(() => {});\n');
    const { exitCode, stderr } = await launch(['up']);
    expect(stderr).toBe('topsail: ended before its work was done; this is a fault in Topsail, please report it\n');
    expect(exitCode).toBe(1);
  });

  test('runs the command and ends with its exit code', async () => {
    await installBundle();
    expect(await launch(['up', '-d'])).toEqual({ exitCode: 2, stdout: 'hello up -d\n', stderr: '' });
  });

  test('keeps one private cache per command word', async () => {
    await installBundle();
    await launch(['up']);
    await launch(['-p', 'x', 'ps']);
    await launch(['something']);
    const names = await cacheFiles();
    const key = `0123456789abcdef-${process.version}-${process.arch}`;
    expect(names.sort()).toEqual([`${key}-other.bin`, `${key}-ps.bin`, `${key}-up.bin`]);
    expect((await stat(cacheFolder())).mode & 0o777).toBe(0o700);
    expect((await stat(join(cacheFolder(), names[0] ?? ''))).mode & 0o777).toBe(0o600);
  });

  test('does not write a cache that is there', async () => {
    await installBundle();
    await warmUp();
    const [name = ''] = await cacheFiles();
    const before = await stat(join(cacheFolder(), name), { bigint: true });
    await launch(['up']);
    expect((await stat(join(cacheFolder(), name), { bigint: true })).ino).toBe(before.ino);
  });

  test('what a command needs in one run only is found and kept for the next', async () => {
    await installBundle();
    await warmUp();
    for (let run = 0; run < 3; run += 1) {
      expect(await launch(['up', 'more'])).toEqual({ exitCode: 2, stdout: 'more\nhello up more\n', stderr: '' });
      expect(await launch(['up'])).toEqual({ exitCode: 1, stdout: 'hello up\n', stderr: '' });
    }
    expect(await cacheFiles()).toHaveLength(1);
  });

  test('compiles again when a bit of the cache is flipped', async () => {
    await installBundle();
    await warmUp();
    const [name = ''] = await cacheFiles();
    const path = join(cacheFolder(), name);
    const good = await readFile(path);
    for (const at of [0, 5, 40, good.length >> 1, good.length - 1]) {
      const bad = Buffer.from(good);
      bad.writeUInt8(bad.readUInt8(at) ^ 1, at);
      await writeFile(path, bad);
      expect(await launch(['up'])).toEqual({ exitCode: 1, stdout: 'hello up\n', stderr: '' });
    }
  });

  test('compiles again when the cache is cut short', async () => {
    await installBundle();
    await warmUp();
    const [name = ''] = await cacheFiles();
    for (const length of [0, 3, 20]) {
      await writeFile(join(cacheFolder(), name), (await readFile(join(cacheFolder(), name))).subarray(0, length));
      expect(await launch(['up'])).toEqual({ exitCode: 1, stdout: 'hello up\n', stderr: '' });
    }
  });

  test('takes no code from a folder that others can write to', async () => {
    await installBundle();
    await mkdir(cacheFolder(), { recursive: true });
    await chmod(cacheFolder(), 0o777);
    expect(await launch(['up'])).toEqual({ exitCode: 1, stdout: 'hello up\n', stderr: '' });
    expect(await cacheFiles()).toEqual([]);
  });

  test('keeps no cache when told so, and works where none can be kept', async () => {
    await installBundle();
    await launch(['up'], { TOPSAIL_NO_CODE_CACHE: '1' });
    expect(await cacheFiles()).toEqual([]);
    await writeFile(join(root, 'file'), '');
    expect(await launch(['up'], { XDG_CACHE_HOME: join(root, 'file') })).toMatchObject({ stdout: 'hello up\n' });
  });

  test('prints what a broken command throws and fails', async () => {
    await mkdir(join(root, 'dist/cli'), { recursive: true });
    await writeFile(
      join(root, 'dist/cli/topsail.cjs'),
      "//00\nexports.main = async () => { throw new Error('broken'); };\n",
    );
    const { exitCode, stderr } = await launch([]);
    expect(stderr).toContain('Error: broken');
    expect(exitCode).toBe(1);
  });
});
