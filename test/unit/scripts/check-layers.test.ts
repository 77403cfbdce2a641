import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const script = fileURLToPath(new URL('../../../scripts/check-layers.mjs', import.meta.url));
const run = promisify(execFile);

let root = '';
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'topsail-layers-'));
});
afterEach(async () => {
  await rm(root, { recursive: true });
});

async function seed(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
}

interface Outcome {
  readonly exitCode: number;
  readonly output: string;
}

async function checkLayers(): Promise<Outcome> {
  try {
    const { stdout, stderr } = await run(process.execPath, [script, root]);
    return { exitCode: 0, output: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { exitCode: code, output: stdout + stderr };
  }
}

describe('the layer check', () => {
  test('accepts imports that go down the house', async () => {
    await seed({
      'diagnostics/fault.ts': 'export type Fault = string;\n',
      'document/node.ts':
        "import type { Fault } from '../diagnostics/fault.ts';\nimport { parse } from 'yaml';\nexport type Node = Fault;\nparse('');\n",
      'source/read.ts': "import { readFile } from 'node:fs/promises';\nawait readFile('x');\n",
    });
    expect(await checkLayers()).toEqual({ exitCode: 0, output: '3 files, 0 violations\n' });
  });

  test('fails when it reads no file', async () => {
    expect(await checkLayers()).toEqual({ exitCode: 1, output: `${root}: no source file was read\n` });
  });

  const violations: readonly (readonly [title: string, path: string, text: string, fault: string])[] = [
    [
      'a type-only import that goes up',
      'plan/plan.ts',
      "\nimport type { Executor } from '../execution/execute.ts';\nexport type Plan = Executor;\n",
      'plan/plan.ts:2 plan [5] may not import execution [7]',
    ],
    [
      'an import between rooms of equal number',
      'plan/plan.ts',
      "import { observe } from '../observe/observe.ts';\nobserve();\n",
      'plan/plan.ts:1 plan [5] may not import observe [5]',
    ],
    [
      'an import type inside a type expression',
      'state/state.ts',
      "export type State = import('../plan/plan.ts').Plan;\n",
      'state/state.ts:1 state [4] may not import plan [5]',
    ],
    [
      'a re-exported type',
      'state/state.ts',
      "export type { Plan } from '../plan/plan.ts';\n",
      'state/state.ts:1 state [4] may not import plan [5]',
    ],
    [
      'a dynamic import that goes up',
      'loader/load.ts',
      "export const load = () => import('../compose/up.ts');\n",
      'loader/load.ts:1 loader [3] may not import compose [8]',
    ],
    [
      'a dynamic import of a computed name',
      'loader/load.ts',
      'export const load = (name: string) => import(name);\n',
      'loader/load.ts:1 imports a computed name',
    ],
    [
      'an adapter imported by an action',
      'compose/up.ts',
      "import type { Dockerode } from '../dockerode/adapter.ts';\nexport type A = Dockerode;\n",
      'compose/up.ts:1 compose [8] may not import the adapter dockerode: only connect, index.ts and cli do',
    ],
    [
      'a reporter imported by an action',
      'compose/up.ts',
      "import { report } from '../report/lines.ts';\nreport();\n",
      'compose/up.ts:1 compose [8] may not import the adapter report: only connect, index.ts and cli do',
    ],
    [
      'a vendor package outside its room',
      'loader/load.ts',
      "import { parse } from 'yaml';\nparse('');\n",
      'loader/load.ts:1 imports yaml, which only document/ may import',
    ],
    [
      'a package that only scripts use',
      'schema/validate.ts',
      "import type { Ajv } from 'ajv/dist/2020.js';\nexport type V = Ajv;\n",
      'schema/validate.ts:1 imports ajv, which no room may import',
    ],
    [
      'a built-in in a pure room',
      'plan/plan.ts',
      "import { readFileSync } from 'node:fs';\nreadFileSync('x');\n",
      'plan/plan.ts:1 plan/ is pure and may not import node:fs',
    ],
    [
      'waiting in a pure room',
      'plan/plan.ts',
      'export const plan = async () => 1;\n',
      'plan/plan.ts:1 plan/ is pure and may not hold an async function',
    ],
    [
      'the clock in a pure room',
      'plan/plan.ts',
      'export const now = () => Date.now();\n',
      'plan/plan.ts:1 plan/ is pure and may not hold the clock (Date.now)',
    ],
    [
      'the environment in a pure room',
      'state/state.ts',
      'export const home = process.env.HOME;\n',
      'state/state.ts:1 state/ is pure and may not hold process',
    ],
    ['an unknown room', 'utils/join.ts', 'export const x = 1;\n', 'utils/join.ts:1 utils is no room of the house'],
  ];
  for (const [title, path, text, fault] of violations) {
    test(`refuses ${title}`, async () => {
      await seed({ [path]: text });
      const { exitCode, output } = await checkLayers();
      expect(output).toContain(fault);
      expect(exitCode).toBe(1);
    });
  }
});
