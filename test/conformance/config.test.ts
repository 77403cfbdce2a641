import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ConformanceCase, findCorpus, mentions, readCases } from './corpus.ts';
import { runCase, withFolders } from './run-case.ts';

const corpus = findCorpus();

describe('config answers as Docker Compose 2.40', () => {
  if (corpus === undefined) {
    it('in every case of the corpus', ({ skip }) => {
      skip('not available here: the conformance corpus');
    });
    return;
  }
  it.concurrent.for(readCases(corpus).map((found) => ({ id: found.id, found })))('in $id', async ({ found }) => {
    await (found.expectExit === 0 ? expectModel(found) : expectRefusal(found));
  });
});

async function expectModel(found: ConformanceCase): Promise<void> {
  const { model, said } = await runCase(found);
  const expected = readFileSync(join(found.folder, 'expected.json'), 'utf8');
  expect(model, said).toEqual(JSON.parse(withFolders(expected, found)));
  expect(found.mustWarn.filter((needle) => !mentions(said, needle))).toEqual([]);
}

async function expectRefusal(found: ConformanceCase): Promise<void> {
  const { model, said } = await runCase(found);
  expect(model).toBeUndefined();
  const missing = found.mustMention.filter((needle) => !mentions(said, needle));
  expect(missing, said).toEqual([]);
}
