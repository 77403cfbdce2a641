import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One case of the corpus, as its `case.json` tells it. */
export interface ConformanceCase {
  /** `area/name`. */
  readonly id: string;
  readonly folder: string;
  readonly args: readonly string[];
  readonly configArgs: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly expectExit: number;
  readonly mustMention: readonly Needle[];
  readonly mustWarn: readonly Needle[];
  readonly dirname: string;
  readonly cwd: string;
  readonly stdin?: string;
}

/** A text, or texts of which one will do. */
export type Needle = string | readonly string[];

const checkout = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** Where the corpus lies: beside the repository or where TOPSAIL_CONFORMANCE says; undefined when it is not there. */
export function findCorpus(repository: string = checkout): string | undefined {
  const candidates = [process.env['TOPSAIL_CONFORMANCE'], resolve(repository, '../shared/conformance')];
  return candidates
    .filter((folder): folder is string => folder !== undefined && folder !== '')
    .map((folder) => (existsSync(join(folder, 'cases')) ? join(folder, 'cases') : folder))
    .filter((folder) => existsSync(folder))
    .map((folder) => realpathSync(folder))
    .at(0);
}

/** Every case below a folder. */
export function readCases(corpus: string): readonly ConformanceCase[] {
  return readdirSync(corpus).flatMap((area) =>
    readdirSync(join(corpus, area))
      .filter((name) => existsSync(join(corpus, area, name, 'case.json')))
      .map((name) => readCase(join(corpus, area, name), `${area}/${name}`)),
  );
}

function readCase(folder: string, id: string): ConformanceCase {
  const told = JSON.parse(readFileSync(join(folder, 'case.json'), 'utf8')) as Partial<ConformanceCase>;
  return {
    args: [],
    configArgs: [],
    env: {},
    expectExit: 0,
    dirname: 'proj',
    cwd: '.',
    ...told,
    mustMention: needlesOf(told.mustMention),
    mustWarn: needlesOf(told.mustWarn),
    id,
    folder,
  };
}

/** A lone needle may stand without a list. */
function needlesOf(told: readonly Needle[] | string | undefined): readonly Needle[] {
  return typeof told === 'string' ? [told] : (told ?? []);
}

/** Whether a text holds a needle, in any case. */
export function mentions(text: string, needle: Needle): boolean {
  const alternatives = typeof needle === 'string' ? [needle] : needle;
  return alternatives.some((alternative) => text.toLowerCase().includes(alternative.toLowerCase()));
}
