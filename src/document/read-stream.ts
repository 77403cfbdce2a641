import { Composer, type CST, type Document, Lexer, type ParseOptions, Parser, type SchemaOptions } from 'yaml';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { SourceSpan, SourceText } from '../diagnostics/source-text.ts';
import { yamlSyntax, yamlTooDeep, yamlTooLarge, yamlUnclosed } from '../diagnostics/yaml-diagnostics.ts';
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
function readTokens(source: SourceText): { tokens: readonly CST.Token[]; refusal: Diagnostic | undefined } {
  const tokens: CST.Token[] = [];
  const parser = new Parser();
  let count = 0;
  for (const lexeme of new Lexer().lex(source.text)) {
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

/** The flow collection that lacks its end, if any: the last one opened, since that is the one being written. */
function findUnclosed(root: CST.Token): CST.FlowCollection | undefined {
  let unclosed: CST.FlowCollection | undefined;
  const open: CST.Token[] = [root];
  for (let token = open.pop(); token !== undefined; token = open.pop()) {
    if (token.type === 'document') {
      if (token.value !== undefined) open.push(token.value);
      continue;
    }
    if (!('items' in token)) continue;
    if (token.type === 'flow-collection') {
      const end = token.end[0];
      const closed = end !== undefined && end.source === closingOf(token);
      if (!closed && (unclosed === undefined || token.offset > unclosed.offset)) unclosed = token;
    }
    for (const item of token.items) {
      if (item.key !== undefined && item.key !== null) open.push(item.key);
      if (item.value !== undefined) open.push(item.value);
    }
  }
  return unclosed;
}

function unclosedDiagnostic(source: SourceText, collection: CST.FlowCollection, end: number): Diagnostic {
  const stopped = collection.end[0]?.offset ?? end;
  const written = lastWritten(source.text, stopped);
  const at = span(source, collection.start.offset, collection.start.offset + 1);
  return yamlUnclosed(at, span(source, written, written), closingOf(collection));
}

/** Reads a text into the documents of `yaml`; the first fault of each document is reported, what follows is its echo. */
export function readStream(source: SourceText): YamlStream {
  const refused = refuseControlCharacters(source);
  if (refused !== undefined) return { documents: [], diagnostics: [refused] };
  const { tokens, refusal } = readTokens(source);
  if (refusal !== undefined) return { documents: [], diagnostics: [refusal] };
  const documents: Document.Parsed[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const token of tokens) {
    const unclosed = findUnclosed(token);
    if (unclosed !== undefined) diagnostics.push(unclosedDiagnostic(source, unclosed, source.text.length));
  }
  if (diagnostics.length > 0) return { documents: [], diagnostics };
  for (const document of new Composer(options).compose(tokens, false, source.text.length)) {
    const first = document.errors.reduce<(typeof document.errors)[number] | undefined>(
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
