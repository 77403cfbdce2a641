import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ConformanceCase, findCorpus, mentions, readCases } from './corpus.ts';
import { runCase, withFolders } from './run-case.ts';

const corpus = findCorpus();
const cases = corpus === undefined ? [] : readCases(corpus);

it('has a corpus of cases', ({ skip }) => {
  skip(corpus === undefined, 'not available here: the conformance corpus');
  expect(cases.length).toBeGreaterThan(0);
});

// Without the corpus there is no case, and a suite without a case would count as failed.
describe.runIf(cases.length > 0)('config answers as Docker Compose 2.40', () => {
  const models = cases.filter((found) => found.expectExit === 0);
  it.concurrent.for(models.map((found) => ({ id: found.id, found })))('with the model of $id', async ({ found }) => {
    const { model, said } = await runCase(found);
    expect(model ?? said).toEqual(expectedModel(found));
    expect(found.mustWarn.filter((needle) => !mentions(said, needle))).toEqual([]);
  });

  const refusals = cases.filter((found) => found.expectExit !== 0);
  it.concurrent.for(refusals.map((found) => ({ id: found.id, found })))('with an error for $id', async ({ found }) => {
    const { model, said } = await runCase(found);
    expect(model).toBeUndefined();
    const missing = found.mustMention.filter((needle) => !mentions(said, needle));
    expect(missing.map((needle) => `${String(needle)} is not in ${said}`)).toEqual([]);
  });
});

function expectedModel(found: ConformanceCase): unknown {
  return JSON.parse(withFolders(readFileSync(join(found.folder, 'expected.json'), 'utf8'), found));
}
