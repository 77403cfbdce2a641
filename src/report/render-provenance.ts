import type { SourceRange } from '../diagnostics/source-range.ts';
import { unreachable } from '../diagnostics/unreachable.ts';
import type {
  ExplainedValue,
  OverriddenValue,
  Passage,
  RemovedValue,
  ValueOrigin,
  VariableOrigin,
  VariableProvenance,
} from '../loader/provenance.ts';
import type { JsonValue } from '../project/project.ts';
import type { Painter } from './painter.ts';

/** How provenance is shown. */
export interface ProvenanceStyle {
  readonly painter: Painter;
  /** What a file is called; the default is its path. */
  readonly showName?: (file: string) => string;
}

const widest = 100;

/** Renders where values come from, a block of lines each: the value, its place, its variables, what it won against. */
export function renderProvenance(
  values: readonly ExplainedValue[],
  removed: readonly RemovedValue[],
  style: ProvenanceStyle,
): string {
  const blocks = [
    ...values.map((value) => valueLines(value, style)),
    ...removed.map((value) => removedLines(value, style)),
  ];
  return blocks.map((lines) => lines.map((line) => `${line}\n`).join('')).join('\n');
}

function valueLines({ path, value, origin, overrode }: ExplainedValue, style: ProvenanceStyle): readonly string[] {
  return [
    `${style.painter.bold(harmless(path))} = ${shownValue(value)}`,
    ...indented([
      originWords(origin, value, style),
      ...furtherLines(origin, style),
      ...overrode.flatMap((loser) => overriddenLines(loser, path, style)),
    ]),
  ];
}

function removedLines({ path, value, origin, at }: RemovedValue, style: ProvenanceStyle): readonly string[] {
  return [
    `${style.painter.bold(harmless(path))} is not in the project`,
    ...indented([
      `removed by !reset at ${place(at, style)}`,
      `it was ${shownValue(value)}, ${originWords(origin, value, style)}`,
      ...indented(furtherLines(origin, style)),
    ]),
  ];
}

function overriddenLines(loser: OverriddenValue, path: string, style: ProvenanceStyle): readonly string[] {
  const subject = loser.path === path ? '' : `${harmless(loser.path)} = `;
  const words = originWords(loser.origin, loser.value, style);
  return [
    `${style.painter.yellow('overrode')} ${subject}${shownValue(loser.value)}, ${words}`,
    ...indented(furtherLines(loser.origin, style)),
  ];
}

/** In a few words how a value came about. */
function originWords(origin: ValueOrigin, value: JsonValue, style: ProvenanceStyle): string {
  const at = origin.range === undefined ? '' : place(origin.range, style);
  switch (origin.kind) {
    case 'written':
      return `written at ${at}${asWritten(origin, value)}`;
    case 'default':
      return 'default, Compose Specification';
    case 'implied':
      return `implied by ${at}`;
    case 'environment':
      return 'taken from the environment';
    case 'command-line':
      return 'given with -p';
    case 'directory':
      return 'the name of the project directory';
    default:
      return unreachable(origin.kind);
  }
}

/** The text a value was read from, where it is not just the value. */
function asWritten({ text, shortForm, variables }: ValueOrigin, value: JsonValue): string {
  if (text === undefined || text === '') return '';
  if (variables.length === 1 && variables[0]?.name === text) return ' without a value';
  if (shortForm === undefined && variables.length === 0 && isPlainly(text, value)) return '';
  const [first = '', ...more] = text.split('\n');
  const isCut = more.length > 0 || first.length > widest;
  return `${shortForm === true ? ' in ' : ' as '}${harmless(first.slice(0, widest))}${isCut ? ' ...' : ''}`;
}

/** Whether a text is the value, or gives it to a key and nothing else. */
function isPlainly(text: string, value: JsonValue): boolean {
  if (value !== null && typeof value === 'object') return false;
  const written = text.replace(/^(["'])(.*)\1$/s, '$2').replace(/^[^\s=:]+(?:=|:[ \t]+)(["']?)(.*)\1$/s, '$2');
  return [text, written, text.replace(/^(["'])(.*)\1$/s, '$2')].includes(String(value));
}

/** The ways a value came by, and the variables in it. */
function furtherLines(origin: ValueOrigin, style: ProvenanceStyle): readonly string[] {
  return [
    ...(origin.namedAt === undefined ? [] : [`the file is named at ${place(origin.namedAt, style)}`]),
    ...origin.through.map((passage) => passageWords(passage, style)),
    ...origin.variables.flatMap((variable) => variableLines(variable, style)),
  ];
}

function passageWords(passage: Passage, style: ProvenanceStyle): string {
  const at = place(passage.at, style);
  return passage.kind === 'include'
    ? `included at ${at}`
    : `inherited from ${harmless(passage.service)}, extended at ${at}`;
}

function variableLines(variable: VariableProvenance, style: ProvenanceStyle): readonly string[] {
  const { name, source, taken, operand = '', variables } = variable;
  const from = source === undefined ? 'is not set' : `= ${sourceWords(source, style)}`;
  return [
    `${style.painter.cyan(harmless(name))} ${from}${consequence(taken, operand)}`,
    ...indented([
      ...(source === undefined ? [] : sourceLines(source, style)),
      ...variables.flatMap((inner) => variableLines(inner, style)),
    ]),
  ];
}

function consequence(taken: VariableProvenance['taken'], operand: string): string {
  switch (taken) {
    case 'value':
      return '';
    case 'default':
      return `: the default ${shownValue(operand)} counts`;
    case 'presence':
      return `: ${shownValue(operand)} stands for it`;
    case 'nothing':
      return ', it is left empty';
    default:
      return unreachable(taken);
  }
}

function sourceWords({ kind, value, range }: VariableOrigin, style: ProvenanceStyle): string {
  const shown = shownValue(value);
  switch (kind) {
    case 'process':
      return `${shown} from the process environment`;
    case 'command-line':
      return `${shown} given with -p`;
    case 'directory':
      return `${shown} from the directory`;
    case 'env-file':
    case 'compose-file':
      return `${shown} from ${range === undefined ? 'a file' : place(range, style)}`;
    default:
      return unreachable(kind);
  }
}

function sourceLines({ variables, overrode }: VariableOrigin, style: ProvenanceStyle): readonly string[] {
  return [
    ...variables.flatMap((inner) => variableLines(inner, style)),
    ...(overrode === undefined
      ? []
      : [`${style.painter.yellow('overrode')} ${sourceWords(overrode, style)}`, ...sourceLines(overrode, style)]),
  ];
}

function place({ file, start }: SourceRange, { painter, showName = (name) => name }: ProvenanceStyle): string {
  return painter.cyan(`${harmless(showName(file))}:${String(start.line)}`);
}

function shownValue(value: JsonValue): string {
  return harmless(JSON.stringify(value));
}

/** What a terminal must not be told to do by a file: control characters become a visible stand-in. */
function harmless(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is replaced
  return text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '\uFFFD');
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`);
}
