import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';

const script = fileURLToPath(new URL('../../../scripts/check-doc-comments.mjs', import.meta.url));
const run = promisify(execFile);

let root = '';
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'topsail-docs-'));
});
afterEach(async () => {
  await rm(root, { recursive: true });
});

test('documented exports pass, overloads and later export lists included', async () => {
  await writeFile(
    join(root, 'a.ts'),
    [
      '/** One. */\nexport const one = 1;',
      '/** Two. */\nexport function two(x: string): string;\nexport function two(x: number): number;',
      'export function two(x: string | number): string | number {\n  return x;\n}',
      '/** Three. */\ninterface Three {}\nexport type { Three };',
      "import type { Five } from './b.ts';\nexport { four } from './b.ts';\nexport type { Five };",
    ].join('\n'),
  );
  const { stdout } = await run(process.execPath, [script, root]);
  expect(stdout).toBe('3 exports in 1 files, 0 without a doc comment\n');
});

test('an export without a doc comment fails with its place', async () => {
  await writeFile(
    join(root, 'a.ts'),
    '/** One. */\nexport const one = 1;\n// not a doc comment\nexport type Two = 2;\n',
  );
  await expect(run(process.execPath, [script, root])).rejects.toMatchObject({
    code: 1,
    stderr: 'a.ts:4 Two has no doc comment\n',
  });
});

test('a folder without exports fails', async () => {
  await expect(run(process.execPath, [script, root])).rejects.toMatchObject({
    code: 1,
    stderr: `${root}: no exported name was read\n`,
  });
});
