import { config } from '../../src/compose/config.ts';
import { ProjectError } from '../../src/compose/project-error.ts';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { renderDiagnostic } from '../../src/diagnostics/render-diagnostic.ts';
import { fileNotFound } from '../../src/diagnostics/source-diagnostics.ts';
import type { SourceText } from '../../src/diagnostics/source-text.ts';
import { TopsailError } from '../../src/diagnostics/topsail-error.ts';
import type { LoadRequest } from '../../src/loader/load-request.ts';
import { decodeText } from '../../src/source/decode-text.ts';
import type { SourceReader } from '../../src/source/source-reader.ts';
import { mutate } from './mutate.ts';
import { type Random, randomFrom } from './random.ts';
import type { Seed } from './seeds.ts';

/** One input: a project with mutated files. */
export interface FuzzInput {
  readonly id: string;
  readonly request: LoadRequest;
  readonly files: Readonly<Record<string, Buffer>>;
}

/** How an input was answered; `problem` says what an answer may never be. */
export interface FuzzOutcome {
  readonly answer: 'loaded' | 'refused' | 'broken';
  readonly problem?: string;
}

/** The input of a number: always the same one for the same seeds. */
export function makeInput(seeds: readonly Seed[], number: number): FuzzInput {
  const random = randomFrom(number);
  const seed = random.pick(seeds);
  if (seed === undefined) throw new RangeError('there are no projects to mutate');
  const files = { ...seed.files };
  const mutated = random.pick(Object.keys(files).filter((name) => /\.ya?ml$/.test(name) || random.below(3) === 0));
  const name = mutated ?? Object.keys(files)[0] ?? '';
  const other = random.pick(Object.values(random.pick(seeds)?.files ?? {}));
  files[name] = mutate(files[name] ?? Buffer.alloc(0), other ?? Buffer.alloc(0), random);
  return { id: `${seed.id} ${name}`, request: changedRequest(seed.request, random), files };
}

/** Once in a while another mode of `config`. */
function changedRequest(request: LoadRequest, random: Random): LoadRequest {
  switch (random.below(10)) {
    case 0:
      return { ...request, interpolate: false };
    case 1:
      return { ...request, normalize: false, strict: true };
    case 2:
      return { ...request, resolvePaths: false, checkConsistency: false };
    default:
      return request;
  }
}

/** Loads an input and prints it. An answer is a project or a list of diagnostics; anything else is a problem. */
export async function tryInput({ request, files }: FuzzInput): Promise<FuzzOutcome> {
  const reader = byteReader(files);
  try {
    const { text, diagnostics, sources } = await config({ load: request }, reader, () => '');
    const problem = problemOf(diagnostics, sources) ?? (text === '' ? 'a project without text' : undefined);
    return problem === undefined ? { answer: 'loaded' } : { answer: 'broken', problem };
  } catch (thrown) {
    if (!(thrown instanceof ProjectError)) return { answer: 'broken', problem: stackOf(thrown) };
    const silent = thrown.diagnostics.every(({ severity }) => severity !== 'error');
    const problem = silent ? 'refused without an error' : problemOf(thrown.diagnostics, thrown.sources);
    return problem === undefined ? { answer: 'refused' } : { answer: 'broken', problem };
  }
}

function stackOf(thrown: unknown): string {
  return thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
}

/** Messages that come from inside, or lead nowhere. */
const leaks =
  /\[object |Cannot read prop|is not a function|is not iterable|undefined is not|RangeError|TypeError|call stack|\n\s+at /;

function problemOf(diagnostics: readonly Diagnostic[], sources: ReadonlyMap<string, SourceText>): string | undefined {
  for (const diagnostic of diagnostics) {
    const drawn = renderDiagnostic(diagnostic, sources);
    const said = [diagnostic.message, diagnostic.hint ?? ''].join('\n');
    if (leaks.test(said)) return `a message from inside: ${drawn}`;
    const { range } = diagnostic;
    const source = range === undefined ? undefined : sources.get(range.file);
    if (range === undefined || source === undefined) continue;
    const inside = range.start.offset >= 0 && range.end.offset >= range.start.offset;
    if (!inside || range.end.offset > source.text.length + 1) return `a place outside of the file: ${drawn}`;
  }
  return undefined;
}

/** A reader of bytes in memory that decodes as the disk's reader does. */
export function byteReader(files: Readonly<Record<string, Buffer>>): SourceReader {
  const fail = (fault: Diagnostic): never => {
    throw new TopsailError(fault.code, fault.message, { diagnostics: [fault] });
  };
  const isFolder = (path: string): boolean => Object.keys(files).some((file) => file.startsWith(`${path}/`));
  const readText = (path: string): SourceText => {
    const bytes = Object.hasOwn(files, path) ? files[path] : undefined;
    const decoded = bytes === undefined ? { fault: fileNotFound(path) } : decodeText(path, bytes);
    return 'source' in decoded ? decoded.source : fail(decoded.fault);
  };
  return {
    readText: (path) => Promise.resolve().then(() => readText(path)),
    readStandardInput: () => Promise.resolve({ name: '-', text: 'services: {stdin: {image: x}}\n' }),
    kind: (path) => Promise.resolve(Object.hasOwn(files, path) ? 'file' : isFolder(path) ? 'directory' : 'missing'),
    realPath: (path) => Promise.resolve(Object.hasOwn(files, path) || isFolder(path) ? path : undefined),
    list: () => Promise.resolve([]),
  };
}
