/** How `${NAME<operator>operand}` uses its operand. Compose Specification, "Interpolation"; spec-facts section 6. */
export type TemplateOperator = ':-' | '-' | ':+' | '+' | ':?' | '?';

/** A stretch of a template: text that stands for itself, or a variable. */
export type TemplatePart = LiteralPart | VariablePart;

/** Text that stands for itself; `$$` has become `$`. */
export interface LiteralPart {
  readonly kind: 'literal';
  readonly text: string;
}

/** `$NAME` or `${NAME...}`; `start` and `end` are offsets in the whole template. */
export interface VariablePart {
  readonly kind: 'variable';
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly operation?: {
    readonly operator: TemplateOperator;
    readonly operand: readonly TemplatePart[];
    /** The operand as written. */
    readonly text: string;
  };
}

/** A template that follows the grammar, or the offset of the `$` that does not. */
export type ParsedTemplate =
  | { readonly valid: true; readonly parts: readonly TemplatePart[] }
  | { readonly valid: false; readonly offset: number };

/** Deeper nesting is refused: no file needs it, and each level reads its operand again. */
const DEEPEST_NESTING = 100;

const bareName = /[a-z_][a-z0-9_]*/iy;
const bracedStart = /\{([a-z_][a-z0-9_]*)(:?[-+?]|\})/iy;

/** Signals an invalid template inside the recursive descent; never leaves this file. */
class InvalidTemplate extends Error {
  readonly offset: number;
  constructor(offset: number) {
    super('invalid template');
    this.offset = offset;
  }
}

/** Reads the `${}` grammar. A text without `$` is one literal. */
export function parseTemplate(text: string): ParsedTemplate {
  try {
    return { valid: true, parts: parseParts(text, 0, text.length, 0) };
  } catch (thrown) {
    if (thrown instanceof InvalidTemplate) return { valid: false, offset: thrown.offset };
    throw thrown;
  }
}

function parseParts(text: string, from: number, to: number, depth: number): readonly TemplatePart[] {
  const parts: TemplatePart[] = [];
  let literal = '';
  let at = from;
  while (at < to) {
    const dollar = text.indexOf('$', at);
    if (dollar === -1 || dollar >= to) break;
    literal += text.slice(at, dollar);
    const next = dollar + 1 < to ? text[dollar + 1] : undefined;
    const variable = next === '$' ? undefined : parseVariable(text, dollar, to, depth);
    if (variable === undefined) {
      literal += '$';
      at = dollar + (next === '$' ? 2 : 1);
      continue;
    }
    if (literal !== '') parts.push({ kind: 'literal', text: literal });
    literal = '';
    parts.push(variable);
    at = variable.end;
  }
  literal += text.slice(at, to);
  if (literal !== '') parts.push({ kind: 'literal', text: literal });
  return parts;
}

/** The variable that starts at the `$` at `dollar`, or undefined when that `$` is an ordinary character. */
function parseVariable(text: string, dollar: number, to: number, depth: number): VariablePart | undefined {
  if (text[dollar + 1] === '{' && dollar + 1 < to) return parseBraced(text, dollar, to, depth);
  bareName.lastIndex = dollar + 1;
  const name = bareName.exec(text)?.[0].slice(0, to - dollar - 1);
  if (name === undefined || name === '') return undefined;
  return { kind: 'variable', name, start: dollar, end: dollar + 1 + name.length };
}

function parseBraced(text: string, dollar: number, to: number, depth: number): VariablePart {
  bracedStart.lastIndex = dollar + 1;
  const match = bracedStart.exec(text);
  const afterOperator = bracedStart.lastIndex;
  if (match === null || afterOperator > to || depth > DEEPEST_NESTING) throw new InvalidTemplate(dollar);
  const [, name = '', operator] = match;
  if (operator === '}') return { kind: 'variable', name, start: dollar, end: afterOperator };
  const close = closingBrace(text, afterOperator, to);
  if (close === -1 || !isOperator(operator)) throw new InvalidTemplate(dollar);
  return {
    kind: 'variable',
    name,
    start: dollar,
    end: close + 1,
    operation: {
      operator,
      operand: parseParts(text, afterOperator, close, depth + 1),
      text: text.slice(afterOperator, close),
    },
  };
}

function isOperator(text: string | undefined): text is TemplateOperator {
  return text === ':-' || text === '-' || text === ':+' || text === '+' || text === ':?' || text === '?';
}

/** Where the brace that was opened before `from` closes, or -1; an operand ends with its line. */
function closingBrace(text: string, from: number, to: number): number {
  let open = 1;
  for (let at = from; at < to; at += 1) {
    const character = text[at];
    if (character === '\n') return -1;
    if (character === '{') open += 1;
    else if (character === '}') {
      open -= 1;
      if (open === 0) return at;
    }
  }
  return -1;
}
