import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { findThrownCodes } from '../../../scripts/docs/thrown-codes.mjs';
import * as containerFailures from '../../../src/execution/container-failures.ts';
import * as operationFailures from '../../../src/execution/operation-failures.ts';

const repository = fileURLToPath(new URL('../../..', import.meta.url));
const page = await readFile(`${repository}/docs/errors.md`, 'utf8');
const listed = new Set([...page.matchAll(/^\| `([^`]+)` \|/gm)].map(([, code]) => code));

test('every code that the source throws is on the page of errors', async () => {
  const thrown = await findThrownCodes(`${repository}/src`);
  expect(thrown.size).toBeGreaterThan(10);
  expect([...thrown].filter(([code]) => !listed.has(code))).toEqual([]);
});

test('every failure of an execution is on the page of errors', () => {
  const codes = Object.values({ ...containerFailures, ...operationFailures }).map(({ code }) => code);
  expect(codes.filter((code) => !listed.has(code))).toEqual([]);
});

test('every diagnostic is on the page of errors', async () => {
  const files = import.meta.glob('../../../src/diagnostics/*-diagnostics.ts');
  const catalogues = await Promise.all(Object.values(files).map((load) => load()));
  const codes = catalogues.flatMap((catalogue) => Object.values(catalogue).map(({ code }) => code));
  expect(codes.length).toBeGreaterThan(50);
  expect(codes.filter((code) => !listed.has(code))).toEqual([]);
  expect(new Set(codes).size).toBe(codes.length);
});
