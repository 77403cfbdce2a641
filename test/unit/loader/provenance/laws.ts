import type { SourceRange } from '../../../../src/diagnostics/source-range.ts';
import { loadProject } from '../../../../src/loader/load-project.ts';
import type { LoadRequest } from '../../../../src/loader/load-request.ts';
import type {
  OverriddenValue,
  ProjectPath,
  ProjectProvenance,
  Provenance,
  ValueOrigin,
  VariableOrigin,
  VariableProvenance,
} from '../../../../src/loader/provenance.ts';
import type { JsonValue } from '../../../../src/project/project.ts';
import type { SourceReader } from '../../../../src/source/source-reader.ts';
import { edited, edits } from './edits.ts';

/** Files by absolute path. */
type Files = Readonly<Record<string, string>>;

/** A project to check. */
export interface CheckedProject {
  readonly files: Files;
  readonly request: LoadRequest;
  readonly readerOf: (files: Files) => SourceReader;
}

/** A change of one named place. */
interface Edit {
  /** Absent for a variable of the process. */
  readonly range?: SourceRange;
  readonly variable?: string;
  readonly text: string;
}

/** What the checks found; faults is empty when all is well. */
export interface CheckedLaws {
  readonly leaves: number;
  readonly written: number;
  readonly editsMade: number;
  readonly faults: readonly string[];
}

/**
 * Checks for every scalar of a project: changing the named text changes the value, and nothing that does not name that
 * text; the same for every variable in it. `undefined` when the project does not load.
 */
export async function checkLaws(project: CheckedProject): Promise<CheckedLaws | undefined> {
  const before = await loadLeaves(project);
  if (before === undefined) return undefined;
  const faults: string[] = [];
  const seen = new Map<string, Promise<Leaves | undefined>>();
  const load = (edit: Edit): Promise<Leaves | undefined> => {
    const key = JSON.stringify([edit.range?.file, edit.range?.start.offset, edit.variable, edit.text]);
    const known = seen.get(key) ?? loadLeaves(changed(project, edit));
    seen.set(key, known);
    return known;
  };
  const check: Check = { before, load, faults };
  let written = 0;
  for (const [path, leaf] of before) {
    const { origin, value, overrode } = leaf;
    if (origin.kind === 'written') {
      written += 1;
      await checkEdits(path, textEdits(origin, value), check);
    }
    // Of a short form one cannot tell which part a variable is in.
    const sources = origin.shortForm === true ? [] : variableEdits(origin.variables, project.files);
    for (const alternatives of sources) await checkEdits(path, alternatives, check);
    for (const [index, loser] of overrode.entries()) await checkLoser(path, index, loser, check);
  }
  return { leaves: before.size, written, editsMade: seen.size, faults };
}

/** What checking one value goes by. */
interface Check {
  readonly before: Leaves;
  readonly load: (edit: Edit) => Promise<Leaves | undefined>;
  readonly faults: string[];
}

function textEdits({ range, text = '' }: ValueOrigin, value: JsonValue): readonly Edit[] {
  if (range === undefined) return [];
  const exact = { ...range, end: { ...range.end, offset: range.start.offset + text.length } };
  return edits(text, value).map((change) => ({ range: exact, text: change }));
}

/** Changing what lost changes nothing but what is said of it. */
async function checkLoser(path: string, index: number, loser: OverriddenValue, check: Check): Promise<void> {
  // With another text an item of a list may be no longer the same one.
  if (loser.origin.text === undefined || loser.path.includes('[')) return;
  const { before, load, faults } = check;
  const winner = before.get(path);
  for (const edit of textEdits(loser.origin, loser.value)) {
    const after = (await load(edit))?.get(path);
    if (after === undefined || JSON.stringify(after.overrode[index]?.value) === JSON.stringify(loser.value)) continue;
    if (same(winner, after) && after.overrode.length === winner?.overrode.length) return;
  }
  faults.push(`${path}: what lost, ${JSON.stringify(loser.value)} (${place(loser.origin.range)}), is not told truly`);
}

type Leaves = ReadonlyMap<string, Provenance>;

async function loadLeaves({ files, request, readerOf }: CheckedProject): Promise<Leaves | undefined> {
  const { provenance } = await loadProject({ ...request, provenance: true }, readerOf(files), { keepExtensions: true });
  return provenance === undefined ? undefined : leavesOf(provenance);
}

function leavesOf(provenance: ProjectProvenance): Leaves {
  const leaves = new Map<string, Provenance>();
  const visit = (path: ProjectPath, value: JsonValue): void => {
    const members = value !== null && typeof value === 'object' ? Object.entries(value) : [];
    if (value === null || typeof value !== 'object') leaves.set(path.join(' '), provenance.of(path));
    for (const [key, member] of members) visit([...path, key], member);
  };
  visit([], provenance.project);
  return leaves;
}

function changed(project: CheckedProject, { range, variable, text }: Edit): CheckedProject {
  if (range === undefined) {
    const environment = { ...project.request.environment, [variable ?? '']: text };
    return { ...project, request: { ...project.request, environment } };
  }
  const old = project.files[range.file] ?? '';
  return { ...project, files: { ...project.files, [range.file]: edited(old, range, text) } };
}

/** Any of several changes of one place has to show the law; the others may not be allowed there. */
async function checkEdits(path: string, alternatives: readonly Edit[], { before, load, faults }: Check): Promise<void> {
  let problem = 'no change of its text is allowed';
  for (const edit of alternatives) {
    const after = await load(edit);
    if (after === undefined) continue;
    if (same(before.get(path), after.get(path))) {
      problem = `stays the same for ${describe(edit)}`;
      continue;
    }
    const strangers = strangersIn(before, after, edit);
    if (strangers.length === 0) return;
    problem = `${describe(edit)} also changes ${strangers.join(', ')}`;
  }
  faults.push(`${path} (${place(before.get(path)?.origin.range)}): ${problem}`);
}

function same(before: Provenance | undefined, after: Provenance | undefined): boolean {
  return before !== undefined && after !== undefined && Object.is(before.value, after.value);
}

/** Values that changed although they do not name the place that did. */
function strangersIn(before: Leaves, after: Leaves, edit: Edit): readonly string[] {
  const all = new Set([...before.keys(), ...after.keys()]);
  return [...all].filter((path) => {
    if (same(before.get(path), after.get(path))) return false;
    return !names(before.get(path), edit) && !names(after.get(path), edit);
  });
}

function names(provenance: Provenance | undefined, edit: Edit): boolean {
  if (provenance === undefined) return false;
  const { range, variables } = provenance.origin;
  const { range: changedRange } = edit;
  if (changedRange === undefined) return namesVariable(variables, edit.variable ?? '');
  const start = changedRange.start.offset;
  const end = Math.max(start + edit.text.length, changedRange.end.offset);
  return [range, ...rangesOf(variables)].some(
    (named) => named?.file === changedRange.file && named.end.offset >= start && named.start.offset <= end,
  );
}

function namesVariable(variables: readonly VariableProvenance[], name: string): boolean {
  return variables.some(
    (use) =>
      use.name === name ||
      namesVariable(use.variables, name) ||
      (use.source !== undefined && namesVariable(use.source.variables, name)),
  );
}

function rangesOf(variables: readonly VariableProvenance[]): readonly (SourceRange | undefined)[] {
  return variables.flatMap(({ source, variables: inner }) => [
    source?.range,
    ...rangesOf(source?.variables ?? []),
    ...rangesOf(inner),
  ]);
}

/** For each source of a variable that gave its value, and of those inside, the changes of it. */
function variableEdits(variables: readonly VariableProvenance[], files: Files): readonly (readonly Edit[])[] {
  return variables.flatMap(({ name, taken, source, variables: inner }) => [
    ...(source === undefined || taken !== 'value' ? [] : sourceEdits(name, source, files)),
    ...variableEdits(inner, files),
  ]);
}

function sourceEdits(name: string, source: VariableOrigin, files: Files): readonly (readonly Edit[])[] {
  const own = ownEdits(name, source, files);
  return [...(own.length === 0 ? [] : [own]), ...variableEdits(source.variables, files)];
}

function ownEdits(name: string, { kind, value, range }: VariableOrigin, files: Files): readonly Edit[] {
  if (kind === 'process') return edits(value, value).map((text) => ({ variable: name, text }));
  if (range === undefined) return [];
  const line = (files[range.file] ?? '').slice(range.start.offset, range.end.offset);
  return edits(line, value).map((text) => ({ range, text }));
}

function describe({ range, variable, text }: Edit): string {
  return `${range === undefined ? `$${variable ?? ''}` : place(range)} -> ${JSON.stringify(text)}`;
}

function place(range: SourceRange | undefined): string {
  return range === undefined ? 'nowhere' : `${range.file}:${String(range.start.line)}`;
}
