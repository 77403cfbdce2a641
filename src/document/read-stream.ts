import { Composer, type CST, type Document, type ParseOptions, Parser, type SchemaOptions } from 'yaml';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { SourceSpan, SourceText } from '../diagnostics/source-text.ts';
import { yamlSyntax, yamlTooDeep, yamlTooLarge, yamlUnclosed } from '../diagnostics/yaml-diagnostics.ts';
import { type Lexemes, lexLeniently, lexStrictly } from './lexemes.ts';
import { maximumDepth, maximumTokens } from './limits.ts';
import { describeSyntaxError } from './syntax-error.ts';
import { lastWritten } from './written-end.ts';

/** The documents of one text as `yaml` sees them, or why there are none. */
export interface YamlStream {
  readonly documents: readonly Document.Parsed[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Every scalar arrives as text (go-yaml's rules are applied afterwards), no tag is given a meaning, duplicate keys are
 * left to the tree builder, which knows their path.
 */
const options: ParseOptions & SchemaOptions = {
  schema: 'failsafe',
  resolveKnownTags: false,
  uniqueKeys: false,
  prettyErrors: false,
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const controlCharacter = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u0080-\u0084\u0086-\u009f\ufffe\uffff]/;

function span(source: SourceText, start: number, end: number): SourceSpan {
  const last = source.text.length;
  return { source, start: Math.min(start, last), end: Math.min(Math.max(end, start), last) };
}

function refuseControlCharacters(source: SourceText): Diagnostic | undefined {
  const found = controlCharacter.exec(source.text);
  if (found === null) return undefined;
  const code = (found[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return yamlSyntax(
    span(source, found.index, found.index + 1),
    `control characters are not allowed: found U+${code}`,
    'write it as an escape in double quotes, or check that this is a text file',
  );
}

/** Reads tokens into syntax trees; an iterative parser, but one that costs memory per token and stack per open level. */
function readTokens(
  source: SourceText,
  lex: Lexemes,
): { tokens: readonly CST.Token[]; refusal: Diagnostic | undefined } {
  const tokens: CST.Token[] = [];
  const parser = new Parser();
  let count = 0;
  for (const lexeme of lex(source.text)) {
    count += 1;
    const place = parser.offset;
    for (const token of parser.next(lexeme)) tokens.push(token);
    if (parser.stack.length > maximumDepth) {
      return { tokens, refusal: yamlTooDeep(maximumDepth, span(source, place, place + 1)) };
    }
    if (count > maximumTokens) {
      return { tokens, refusal: yamlTooLarge(maximumTokens, span(source, place, place + 1)) };
    }
  }
  for (const token of parser.end()) tokens.push(token);
  return { tokens, refusal: undefined };
}

function closingOf(collection: CST.FlowCollection): ']' | '}' {
  return collection.start.source === '[' ? ']' : '}';
}

/** A token and all that is in it. */
function* tokensIn(root: CST.Token): Iterable<CST.Token> {
  const open: CST.Token[] = [root];
  for (let token = open.pop(); token !== undefined; token = open.pop()) {
    yield token;
    if (token.type === 'document' && token.value !== undefined) open.push(token.value);
    if (!('items' in token)) continue;
    for (const item of token.items) {
      if (item.key !== undefined && item.key !== null) open.push(item.key);
      if (item.value !== undefined) open.push(item.value);
    }
  }
}

/** The flow collection that lacks its end, if any: the last one opened, since that is the one being written. */
function findUnclosed(root: CST.Token): CST.FlowCollection | undefined {
  let unclosed: CST.FlowCollection | undefined;
  for (const token of tokensIn(root)) {
    if (token.type !== 'flow-collection') continue;
    const end = token.end[0];
    const closed = end !== undefined && end.source === closingOf(token);
    if (!closed && (unclosed === undefined || token.offset > unclosed.offset)) unclosed = token;
  }
  return unclosed;
}

/** Makes `\\'` in double quotes, which YAML 1.2 does not have, the quote that it stands for. */
function allowEscapedQuotes(tokens: readonly CST.Token[]): void {
  for (const root of tokens) {
    for (const token of tokensIn(root)) {
      if (token.type !== 'double-quoted-scalar') continue;
      token.source = token.source.replaceAll(/\\([^])/g, (escape, escaped) => (escaped === "'" ? "'" : escape));
    }
  }
}

function unclosedDiagnostic(source: SourceText, collection: CST.FlowCollection, end: number): Diagnostic {
  const stopped = collection.end[0]?.offset ?? end;
  const written = lastWritten(source.text, stopped);
  const at = span(source, collection.start.offset, collection.start.offset + 1);
  return yamlUnclosed(at, span(source, written, written), closingOf(collection));
}

/**
 * Reads a text into the documents of `yaml`; the first fault of each document is reported, what follows is its echo. What
 * YAML 1.2 refuses and Docker Compose reads is read too.
 */
export function readStream(source: SourceText): YamlStream {
  const refused = refuseControlCharacters(source);
  if (refused !== undefined) return { documents: [], diagnostics: [refused] };
  const strict = readTokens(source, lexStrictly);
  if (strict.refusal !== undefined) return { documents: [], diagnostics: [strict.refusal] };
  const read = composeDocuments(source, strict.tokens);
  if (read.diagnostics.length === 0) return read;
  const lenient = readTokens(source, lexLeniently);
  if (lenient.refusal !== undefined) return read;
  allowEscapedQuotes(lenient.tokens);
  const reread = composeDocuments(source, lenient.tokens, gluedComment);
  // A fault is told where the strict reading finds it: nearer to what is wrong.
  return reread.diagnostics.length === 0 ? reread : read;
}

/** What `yaml` says of a comment right behind a value, which go-yaml takes for a comment. */
const gluedComment = 'Comments must be separated';

function composeDocuments(source: SourceText, tokens: readonly CST.Token[], allowed?: string): YamlStream {
  const documents: Document.Parsed[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const token of tokens) {
    const unclosed = findUnclosed(token);
    if (unclosed !== undefined) diagnostics.push(unclosedDiagnostic(source, unclosed, source.text.length));
  }
  if (diagnostics.length > 0) return { documents: [], diagnostics };
  for (const document of new Composer(options).compose(tokens, false, source.text.length)) {
    const errors = document.errors.filter(({ message }) => allowed === undefined || !message.startsWith(allowed));
    const first = errors.reduce<(typeof document.errors)[number] | undefined>(
      (earliest, error) => (earliest === undefined || error.pos[0] < earliest.pos[0] ? error : earliest),
      undefined,
    );
    if (first === undefined) {
      documents.push(document);
      continue;
    }
    const { problem, hint } = describeSyntaxError(first.code, first.message, source.text, first.pos[0]);
    diagnostics.push(yamlSyntax(span(source, first.pos[0], first.pos[1]), problem, hint));
  }
  return { documents, diagnostics };
}
