import { describe, expect, it } from 'vitest';
import { config } from '../../src/compose/config.ts';
import { ProjectError } from '../../src/compose/project-error.ts';
import type { LoadRequest } from '../../src/loader/load-request.ts';
import type { SourceReader } from '../../src/source/source-reader.ts';
import { caseSourceReader } from './case-source-reader.ts';
import { findCorpus, readCases } from './corpus.ts';
import { loadRequestOf } from './run-case.ts';

const corpus = findCorpus();
const cases = corpus === undefined ? [] : readCases(corpus).filter((found) => found.expectExit === 0);
const printed = '/conformance/printed.yaml';

/** What the text that Docker Compose prints, and we print as it does, cannot say. */
const unsayable: ReadonlyMap<string, string> = new Map([
  ['build/context-dot-variants', 'an empty context is left out, and one that is left out is the folder of the file'],
  [
    'depends-on/optional-disabled-with-link',
    'an optional dependency that is disabled is printed, and is undefined then',
  ],
  ['stacks/e2e-tests', 'an optional dependency that is disabled is printed, and is undefined then'],
  ['interpolation/keys-not-interpolated', 'a dollar sign is doubled in keys too, where it stands for two'],
  ['service-attrs/empty-strings', 'an empty network_mode is left out, and without one there is a default network'],
]);

it('has a corpus of cases', ({ skip }) => {
  skip(corpus === undefined, 'not available here: the conformance corpus');
  expect(cases.length).toBeGreaterThan(0);
});

// Without the corpus there is no case, and a suite without a case would count as failed.
describe.runIf(cases.length > 0)('what config prints loads to the same project', () => {
  it.concurrent.for(cases.filter(({ id }) => !unsayable.has(id)).map((found) => ({ id: found.id, found })))(
    '$id',
    async ({ found }) => {
      const reader = caseSourceReader(found.folder, found.dirname, found.stdin);
      const { projectName, ...request } = loadRequestOf(found);
      const named = projectName === undefined ? request : { ...request, projectName };
      const text = await print(named, reader, 'yaml');
      // What is printed is enabled already, and holds the name.
      const environment = { ...request.environment, COMPOSE_PROJECT_NAME: '' };
      const again = { ...request, environment, files: [printed], profiles: ['*'] };
      const answers = withText(reader, text);
      expect(JSON.parse(await print(again, answers, 'json'))).toEqual(
        JSON.parse(await print(named, caseSourceReader(found.folder, found.dirname, found.stdin), 'json')),
      );
      // And printing is settled: the second text is the first.
      expect(await print(again, answers, 'yaml')).toBe(text);
    },
  );
});

async function print(load: LoadRequest, reader: SourceReader, format: 'yaml' | 'json'): Promise<string> {
  try {
    return (await config({ load, format }, reader, () => '')).text;
  } catch (thrown) {
    if (thrown instanceof ProjectError) throw new Error(thrown.message);
    throw thrown;
  }
}

it('every exception is a case of the corpus', ({ skip }) => {
  skip(corpus === undefined, 'not available here: the conformance corpus');
  expect([...unsayable.keys()].filter((id) => !cases.some((found) => found.id === id))).toEqual([]);
});

function withText(reader: SourceReader, text: string): SourceReader {
  return {
    ...reader,
    readText: (path, options) =>
      path === printed ? Promise.resolve({ name: path, text }) : reader.readText(path, options),
    kind: (path) => (path === printed ? Promise.resolve('file') : reader.kind(path)),
  };
}
