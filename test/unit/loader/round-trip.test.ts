import fc from 'fast-check';
import { expect, it } from 'vitest';
import { config } from '../../../src/compose/config.ts';
import { ProjectError } from '../../../src/compose/project-error.ts';
import type { LoadRequest } from '../../../src/loader/load-request.ts';
import type { SourceReader } from '../../../src/source/source-reader.ts';
import { readSeeds } from '../../fuzz/seeds.ts';
import { byteReader, makeInput } from '../../fuzz/try-input.ts';

const printed = '/printed.yaml';

/** What the text that Docker Compose prints, and we print as it does, cannot say. */
const unsayable: readonly RegExp[] = [
  // A dollar sign is doubled in keys too, where it stands for two.
  /^[^\n]*\$\$[^\n]*:(?: |$)/m,
  // A list may hold an assignment without name.
  /^\s+"":/m,
  // An optional dependency that is disabled is printed all the same.
  /required: false/,
  // A number below zero is printed as a text.
  /"-\d/,
  // Keys that YAML wants marked.
  /^[^\n]{1000}/m,
];

/** Empty texts are left out, and what is left out has a default here. */
const emptied = /network_mode|build|context/;

async function print(load: LoadRequest, reader: SourceReader, format: 'yaml' | 'json'): Promise<string | undefined> {
  try {
    return (await config({ load, format }, reader, () => '')).text;
  } catch (thrown) {
    if (thrown instanceof ProjectError) return undefined;
    throw thrown;
  }
}

it('whatever loads, what config prints of it loads to the same project', async () => {
  const seeds = readSeeds();
  let tried = 0;
  await fc.assert(
    fc.asyncProperty(fc.nat(1_000_000), async (number) => {
      const { request, files } = makeInput(seeds, number);
      const { projectName: _, ...rest } = request;
      const reader = byteReader(files);
      const text = await print(request, reader, 'yaml');
      const sources = Object.values(files).join('\n');
      if (text === undefined || unsayable.some((pattern) => pattern.test(text)) || emptied.test(sources)) return;
      if (request.interpolate === false || request.normalize === false || request.resolvePaths === false) return;
      tried += 1;
      const environment = { ...rest.environment, COMPOSE_PROJECT_NAME: '' };
      const again: SourceReader = {
        ...reader,
        readText: (path) => (path === printed ? Promise.resolve({ name: path, text }) : reader.readText(path)),
        kind: (path) => (path === printed ? Promise.resolve('file') : reader.kind(path)),
      };
      const second = await print({ ...rest, environment, files: [printed], profiles: ['*'] }, again, 'json');
      expect(JSON.parse(second ?? 'null')).toEqual(JSON.parse((await print(request, reader, 'json')) ?? 'null'));
    }),
    // Chance belongs to the fuzz run: one input in fifty thousand says what no printed text can.
    { numRuns: 600, seed: Number(process.env['TOPSAIL_SEED'] ?? 600) },
  );
  expect(tried).toBeGreaterThan(20);
});
