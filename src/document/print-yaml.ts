import { resolveGoScalar } from './go-scalar.ts';

/** What can be printed: JSON values; members that are undefined are left out. */
export type PrintableValue =
  | null
  | boolean
  | number
  | string
  | readonly PrintableValue[]
  | { readonly [key: string]: PrintableValue | undefined };

const oldBooleans = new Set(['y', 'n', 'yes', 'no', 'on', 'off']);
const sexagesimal = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;

/** Whether a reader of any age takes the unquoted text for this very text: no number, no date, no YAML 1.1 boolean. */
function readsAsItself(text: string): boolean {
  const { value, timestamp } = resolveGoScalar(text);
  if (typeof value !== 'string' || timestamp === true || text === '<<') return false;
  const isOldBoolean = oldBooleans.has(text.toLowerCase()) && /^(?:[a-z]+|[A-Z][a-z]*|[A-Z]+)$/.test(text);
  return !isOldBoolean && !sexagesimal.test(text);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const special = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]/u;
const astral = /[\u{10000}-\u{10ffff}]/u;
const indicatorStart = /^(?:[#,[\]{}&*!|>'"%@`]|[?:-](?:\s|$)|---|\.\.\.)/;
const indicatorInside = /:(?:[ \t\n]|$)|[ \t\n]#/;
const outerBlank = /^[ \n]|[ \n]$/;

/** The quoting rules of go-yaml's emitter, which decide how Docker Compose's output looks. */
interface Shape {
  readonly plain: boolean;
  readonly single: boolean;
  readonly literal: boolean;
}

function shapeOf(text: string): Shape {
  const isSpecial = special.test(text) || astral.test(text);
  const spaceBreak = text.includes(' \n');
  const breakSpace = text.includes('\n ');
  const tab = text.includes('\t');
  const plain =
    !isSpecial &&
    !tab &&
    !text.includes('\n') &&
    !outerBlank.test(text) &&
    !indicatorStart.test(text) &&
    !indicatorInside.test(text);
  return {
    plain,
    single: !isSpecial && !tab && !spaceBreak && !breakSpace,
    literal: !isSpecial && !spaceBreak && !text.endsWith(' '),
  };
}

const namedEscapes: ReadonlyMap<string, string> = new Map([
  ['\0', '\\0'],
  ['\u0007', '\\a'],
  ['\b', '\\b'],
  ['\t', '\\t'],
  ['\n', '\\n'],
  ['\v', '\\v'],
  ['\f', '\\f'],
  ['\r', '\\r'],
  ['\u001b', '\\e'],
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\u0085', '\\N'],
  ['\u2028', '\\L'],
  ['\u2029', '\\P'],
]);

function escapeCharacter(character: string): string {
  const named = namedEscapes.get(character);
  if (named !== undefined) return named;
  if (!special.test(character) && !astral.test(character)) return character;
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
  if (code.length <= 2) return `\\x${code.padStart(2, '0')}`;
  return code.length <= 4 ? `\\u${code.padStart(4, '0')}` : `\\U${code.padStart(8, '0')}`;
}

function doubleQuoted(text: string): string {
  return `"${Array.from(text, escapeCharacter).join('')}"`;
}

function inline(text: string, shape: Shape): string {
  if (!readsAsItself(text)) return doubleQuoted(text);
  if (shape.plain) return text;
  return shape.single ? `'${text.replaceAll("'", "''")}'` : doubleQuoted(text);
}

function literalBlock(text: string, indent: string): string {
  const hint = /^[ \n]/.test(text) ? '2' : '';
  const chomp = text.endsWith('\n') ? (text === '\n' || text.endsWith('\n\n') ? '+' : '') : '-';
  const body = (chomp === '' || chomp === '+' ? text.slice(0, -1) : text).split('\n');
  const lines = body.map((line) => (line === '' ? '' : `${indent}${line}`));
  return `|${hint}${chomp}\n${lines.join('\n')}`;
}

function printText(text: string, indent: string): string {
  const shape = shapeOf(text);
  if (!text.includes('\n')) return inline(text, shape);
  return shape.literal ? literalBlock(text, indent) : doubleQuoted(text);
}

function printNumber(value: number): string {
  if (Number.isNaN(value)) return '.nan';
  if (!Number.isFinite(value)) return value > 0 ? '.inf' : '-.inf';
  if (Number.isInteger(value) || Math.abs(value) >= 1e-4) return String(value);
  const [mantissa = '', exponent = ''] = value.toExponential().split('e');
  return `${mantissa}e-${exponent.slice(1).padStart(2, '0')}`;
}

function printKey(key: string): string {
  return key.includes('\n') ? doubleQuoted(key) : inline(key, shapeOf(key));
}

function isList(value: PrintableValue): value is readonly PrintableValue[] {
  return Array.isArray(value);
}

/** A value after `key:` or `-`: what follows on the line, or lines of their own. */
function printMember(value: PrintableValue, indent: string, lead: string): string {
  if (value === null) return `${lead} null`;
  if (typeof value === 'string') return `${lead} ${printText(value, indent)}`;
  if (typeof value === 'number') return `${lead} ${printNumber(value)}`;
  if (typeof value === 'boolean') return `${lead} ${value}`;
  const lines = printBlock(value, indent);
  if (lines.length === 0) return `${lead} ${isList(value) ? '[]' : '{}'}`;
  const block = lines.join('\n');
  // The first line of a block inside a list item stands beside the dash.
  return lead === '-' ? `- ${block.slice(indent.length)}` : `${lead}\n${block}`;
}

function printBlock(value: PrintableValue, indent: string): readonly string[] {
  const deeper = `${indent}  `;
  if (isList(value)) return value.map((item) => `${indent}${printMember(item, deeper, '-')}`);
  if (typeof value !== 'object' || value === null) return [`${indent}${printMember(value, indent, '').slice(1)}`];
  const lines: string[] = [];
  for (const [key, member] of Object.entries(value)) {
    if (member === undefined) continue;
    lines.push(`${indent}${printMember(member, deeper, `${printKey(key)}:`)}`);
  }
  return lines;
}

/**
 * Prints a value as YAML in the style of `docker compose config`: two blanks of indentation, lists indented below their
 * key, texts unquoted where they read as themselves, several lines as a literal block, members in their order. Reading
 * it back with {@link parseDocuments} gives the same value. Ends with a line end.
 */
export function printYaml(value: PrintableValue): string {
  const lines = printBlock(value, '');
  if (lines.length === 0) return isList(value) ? '[]\n' : '{}\n';
  return `${lines.join('\n')}\n`;
}
