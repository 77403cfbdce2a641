import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findThrownCodes } from '../../../../scripts/docs/thrown-codes.mjs';

let root = '';
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'topsail-codes-'));
});
afterEach(async () => {
  await rm(root, { recursive: true });
});

async function codesIn(text) {
  await writeFile(join(root, 'a.ts'), text);
  return Object.fromEntries(await findThrownCodes(root));
}

test('a code is found where it is thrown', async () => {
  expect(await codesIn("\nthrow new TopsailError('seeded', 'text');")).toEqual({ seeded: 'a.ts:2' });
});

test('either side of a choice counts', async () => {
  expect(await codesIn("new TopsailError(known ?? 'one', ''); new TopsailError(x ? 'two' : 'three', '');")).toEqual({
    one: 'a.ts:1',
    two: 'a.ts:1',
    three: 'a.ts:1',
  });
});

test('a class of its own passes its code up', async () => {
  const text = "class Broken extends TopsailError {\n constructor() {\n  super('broken', 'x');\n }\n}";
  expect(await codesIn(text)).toEqual({ broken: 'a.ts:3' });
  expect(await codesIn("class Other extends Error { constructor() { super('text'); } }")).toEqual({});
});

test('kinds of engine errors count as codes, thrown or only declared', async () => {
  const text = "export type EngineErrorKind = 'lost' | 'found';\nthrow new EngineError('torn', 'x');";
  expect(await codesIn(text)).toEqual({
    'engine-lost': 'a.ts:1',
    'engine-found': 'a.ts:1',
    'engine-torn': 'a.ts:2',
  });
});
