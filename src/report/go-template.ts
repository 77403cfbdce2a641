/** A value that a template works on: what JSON has, and functions as methods of a row. */
export type TemplateValue =
  | string
  | number
  | boolean
  | undefined
  | readonly TemplateValue[]
  | { readonly [name: string]: TemplateValue }
  | ((...given: readonly TemplateValue[]) => TemplateValue);

/** A part of a pipeline: a literal, a path of fields, a function with its arguments. */
export type TemplateTerm =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | undefined }
  | { readonly kind: 'path'; readonly from: 'dot' | 'root' | TemplatePipeline; readonly names: readonly string[] }
  | { readonly kind: 'function'; readonly name: string };

/** Calls of which each gets the result of the one before as its last argument. */
export type TemplatePipeline = readonly (readonly TemplateTerm[])[];

/** A piece of a template. */
export type TemplateNode =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'output'; readonly pipeline: TemplatePipeline }
  | {
      readonly kind: 'if' | 'with' | 'range';
      readonly pipeline: TemplatePipeline;
      readonly body: readonly TemplateNode[];
      readonly otherwise: readonly TemplateNode[];
    };

/** A template that cannot be read, or names what is not there. */
export class TemplateError extends Error {}

const action =
  /\{\{(?:(?<cut>-)(?=\s))?(?<inside>(?:"(?:[^"\\]|\\.)*"|`[^`]*`|(?!\}\}|\s-\}\})[^"`])*)(?<trim>\s-)?\}\}/gs;
const token = /\s+|"(?:[^"\\]|\\.)*"|`[^`]*`|-?\d+(?:\.\d+)?|\$?(?:\.\w+)+|\$|\.|\w+|[()|]/y;

/**
 * Reads the part of Go's templates that lists are formatted with: fields, pipelines, calls, `if`, `else if`, `with` and `range`.
 * Throws a {@link TemplateError}.
 */
export function parseTemplate(text: string): readonly TemplateNode[] {
  return new TemplateParser(text).parse();
}

interface Piece {
  readonly action: boolean;
  readonly text: string;
}

class TemplateParser {
  readonly #pieces: readonly Piece[];
  #next = 0;

  constructor(text: string) {
    this.#pieces = piecesOf(text);
  }

  parse(): readonly TemplateNode[] {
    const { nodes, ended } = this.#nodes();
    if (ended !== undefined) throw new TemplateError(`unexpected {{${ended}}}`);
    return nodes;
  }

  /** Nodes up to the end, or to an `else` or `end`, which is given back. */
  #nodes(): { readonly nodes: readonly TemplateNode[]; readonly ended: string | undefined } {
    const nodes: TemplateNode[] = [];
    for (let piece = this.#pieces[this.#next]; piece !== undefined; piece = this.#pieces[this.#next]) {
      this.#next += 1;
      const text = piece.text.trim();
      if (!piece.action) nodes.push({ kind: 'text', text: piece.text });
      else if (text === 'end' || /^else\b/.test(text)) return { nodes, ended: text };
      else if (!text.startsWith('/*')) nodes.push(this.#action(text));
    }
    return { nodes, ended: undefined };
  }

  #action(text: string): TemplateNode {
    const [, word, rest = ''] = /^(if|with|range)\b(.*)$/s.exec(text) ?? [];
    if (word === 'if' || word === 'with' || word === 'range') return this.#block(word, rest);
    return { kind: 'output', pipeline: parsePipeline(text) };
  }

  #block(kind: 'if' | 'with' | 'range', condition: string): TemplateNode {
    const { nodes: body, ended } = this.#nodes();
    const pipeline = parsePipeline(condition);
    if (ended === undefined) throw new TemplateError(`{{${kind}}} has no {{end}}`);
    if (ended === 'end') return { kind, pipeline, body, otherwise: [] };
    const [, further, rest = ''] = /^else\s+(if|with)\b(.*)$/s.exec(ended) ?? [];
    if (further === 'if' || further === 'with') {
      return { kind, pipeline, body, otherwise: [this.#block(further, rest)] };
    }
    const { nodes: otherwise, ended: last } = this.#nodes();
    if (last !== 'end') throw new TemplateError(`{{${kind}}} has no {{end}}`);
    return { kind, pipeline, body, otherwise };
  }
}

/** Texts and actions in turn; `{{-` and `-}}` take the blanks beside them away. */
function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  let trimNext = false;
  const push = (piece: string, cut: boolean): void => {
    if (piece.includes('{{')) throw new TemplateError(`{{ without }} in ${JSON.stringify(piece)}`);
    const start = trimNext ? piece.trimStart() : piece;
    const kept = cut ? start.trimEnd() : start;
    if (kept !== '') pieces.push({ action: false, text: kept });
  };
  for (const match of text.matchAll(action)) {
    const { cut, inside = '', trim } = match.groups ?? {};
    push(text.slice(from, match.index), cut !== undefined);
    pieces.push({ action: true, text: inside });
    trimNext = trim !== undefined;
    from = match.index + match[0].length;
  }
  push(text.slice(from), false);
  return pieces;
}

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const at = token.lastIndex;
    const found = token.exec(text)?.[0];
    if (found === undefined) throw new TemplateError(`{{${text.trim()}}} is not understood at ${text.slice(at)}`);
    tokens.push(found);
  }
  return tokens;
}

function parsePipeline(text: string): TemplatePipeline {
  const tokens = tokensOf(text);
  const pipeline = readPipeline(tokens, text);
  if (tokens.length > 0) throw new TemplateError(`{{${text.trim()}}} has one ) too many`);
  return pipeline;
}

function readPipeline(tokens: string[], text: string): TemplatePipeline {
  const calls: TemplateTerm[][] = [[]];
  for (let next = tokens[0]; next !== undefined && next !== ')'; next = tokens[0]) {
    tokens.shift();
    if (next === '|') calls.push([]);
    else if (next.trim() !== '') calls.at(-1)?.push(readTerm(next, tokens, text));
  }
  if (calls.some((call) => call.length === 0)) throw new TemplateError(`{{${text.trim()}}} says nothing to show`);
  return calls;
}

function readTerm(word: string, tokens: string[], text: string): TemplateTerm {
  if (word === '(') {
    const pipeline = readPipeline(tokens, text);
    if (tokens.shift() !== ')') throw new TemplateError(`{{${text.trim()}}} lacks a )`);
    const path = tokens[0]?.startsWith('.') === true ? (tokens.shift() ?? '') : '';
    return { kind: 'path', from: pipeline, names: namesOf(path) };
  }
  if (word.startsWith('"')) return { kind: 'literal', value: unquote(word) };
  if (word.startsWith('`')) return { kind: 'literal', value: word.slice(1, -1) };
  if (/^-?\d/.test(word)) return { kind: 'literal', value: Number(word) };
  if (word === 'true' || word === 'false') return { kind: 'literal', value: word === 'true' };
  if (word === 'nil') return { kind: 'literal', value: undefined };
  if (word.startsWith('$')) return { kind: 'path', from: 'root', names: namesOf(word.slice(1)) };
  return word.startsWith('.') ? { kind: 'path', from: 'dot', names: namesOf(word) } : { kind: 'function', name: word };
}

function namesOf(path: string): readonly string[] {
  return path.split('.').filter((name) => name !== '');
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

function unquote(quoted: string): string {
  return quoted.slice(1, -1).replaceAll(/\\(.)/gs, (_, letter: string) => escapes[letter] ?? letter);
}
