import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LoadRequest } from '../../src/loader/load-request.ts';
import { findCorpus, readCases } from '../conformance/corpus.ts';
import { loadRequestOf } from '../conformance/run-case.ts';

/** A project that inputs are mutated from. */
export interface Seed {
  readonly id: string;
  readonly request: LoadRequest;
  /** Every file by absolute path, in a folder of its own that exists nowhere. */
  readonly files: Readonly<Record<string, Buffer>>;
}

const largest = 64 * 1024;
const ofTheCorpus = new Set(['case.json', 'expected.json', 'expected.err']);

/** The projects of the samples, the scenarios and, where it is present, the conformance corpus. */
export function readSeeds(
  repository: string = resolve(dirname(fileURLToPath(import.meta.url)), '../..'),
): readonly Seed[] {
  const own = ['samples', 'test/scenarios'].flatMap((place) =>
    readdirSync(join(repository, place), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => folderSeed(join(repository, place, name), `${place}/${name}`)),
  );
  const corpus = findCorpus(repository);
  const cases = corpus === undefined ? [] : readCases(corpus);
  const seeds = cases.map((found): Seed => {
    const request = loadRequestOf(found);
    return { id: found.id, request, files: filesBelow(found.folder, `/conformance/up/${found.dirname}`) };
  });
  return [...own, ...seeds].filter(({ files }) => Object.keys(files).length > 0);
}

function folderSeed(folder: string, id: string): Seed {
  const workingDirectory = `/seeds/${basename(folder)}`;
  const request = { workingDirectory, environment: { HOME: '/home/tester' }, homeDirectory: '/home/tester' };
  return { id, request, files: filesBelow(folder, workingDirectory) };
}

function filesBelow(folder: string, shownAs: string): Readonly<Record<string, Buffer>> {
  const files: Record<string, Buffer> = {};
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, name);
    const found = statSync(path, { throwIfNoEntry: false });
    if (found?.isFile() !== true || found.size > largest || ofTheCorpus.has(name) || /\.[mc]?[jt]s$/.test(name))
      continue;
    files[`${shownAs}/${name}`] = readFileSync(path);
  }
  return files;
}
