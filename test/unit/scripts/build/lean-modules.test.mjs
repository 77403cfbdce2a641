import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { leanModules } from '../../../../scripts/build/lean-modules.mjs';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'topsail-lean-test-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** What a module exports once it is bundled as the command is. */
async function bundled(source) {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: import.meta.dirname },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    plugins: [leanModules],
  });
  const path = join(folder, `${randomUUID()}.cjs`);
  await writeFile(path, outputFiles[0]?.text ?? '');
  return createRequire(import.meta.url)(path);
}

test('child processes are those of Node, with what promisify knows of them', async () => {
  const { answer } = await bundled(`
    import { execFile } from 'node:child_process';
    import { promisify } from 'node:util';
    export const answer = promisify(execFile)('echo', ['hello']);
  `);
  expect(await answer).toEqual({ stdout: 'hello\n', stderr: '' });
});

test('files are read and written, also through handles', async () => {
  const { work } = await bundled(`
    import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
    import { tmpdir } from 'node:os';
    import { join } from 'node:path';
    export async function work() {
      const folder = await mkdtemp(join(tmpdir(), 'topsail-lean-'));
      const path = join(folder, 'file');
      await writeFile(path, 'text');
      const handle = await open(path);
      const { size } = await handle.stat();
      await handle.close();
      const text = await readFile(path, 'utf8');
      await rm(folder, { recursive: true });
      const missing = await readFile(path).catch((error) => error.code);
      return [text, size, missing];
    }
  `);
  expect(await work()).toEqual(['text', 4, 'ENOENT']);
});

test('what loads a module late itself gets all of its members, also from a bundle in pieces', async () => {
  const contents = `
    import { execFile } from 'node:child_process';
    export const early = typeof execFile;
    export const late = async () => (await import('node:child_process')).spawnSync('echo', ['hello']).stdout.toString();
  `;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: import.meta.dirname },
    outdir: folder,
    bundle: true,
    splitting: true,
    write: false,
    platform: 'node',
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    plugins: [leanModules],
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire('/');" },
  });
  await Promise.all(outputFiles.map(({ path, text }) => writeFile(path, text)));
  const { early, late } = await import(outputFiles.find(({ path }) => path.endsWith('stdin.mjs'))?.path ?? '');
  expect(early).toBe('function');
  expect(await late()).toBe('hello\n');
});
