import { Lexer } from 'yaml';

/** Splits a text into what the parser of `yaml` takes. */
export type Lexemes = (text: string) => Iterable<string>;

/** As YAML 1.2 says. */
export const lexStrictly: Lexemes = (text) => new Lexer().lex(text);

/** Tells the parser that a scalar follows. */
const scalarFollows = '\u001f';

/**
 * As go-yaml does, where that takes more than YAML 1.2: lines in brackets or quotes may begin in any column and with tabs,
 * `-` may be a value in brackets, and a carriage return alone ends a line. Every lexeme keeps its length.
 */
export const lexLeniently: Lexemes = function* (text) {
  const lines = text.replaceAll(/\r(?!\n)/g, '\n');
  const lexer = anyColumnLexer();
  let place = 0;
  let dash = false;
  for (const lexeme of lexer.lex(lines)) {
    // Where the lexer takes `-` for the beginning of a list, an empty item follows.
    if (dash && (lexeme === scalarFollows || lexeme === '')) continue;
    dash = lexeme === '-' && /[,[\]{}]/.test(lines.charAt(place + 1)) && lines.charAt(place) === '-';
    if (dash) yield scalarFollows;
    yield lexeme;
    if (!isMark(lexeme)) place += lexeme.length;
  }
};

/** Lexemes that tell something and stand for no text. */
function isMark(lexeme: string): boolean {
  return lexeme === '\u0002' || lexeme === '\u0018' || lexeme === scalarFollows;
}

/** What the lexer knows of where it is; its types keep it to themselves. */
interface LexerState {
  /** How far the lines of the present value must be indented. */
  indentNext: number;
  /** Open brackets. */
  readonly flowLevel: number;
  charAt: (offset: number) => string;
  /** Reads a part of what stands in brackets. */
  parseFlowCollection: () => Generator<string, unknown>;
  /** Where a scalar goes on in the line that begins at an offset; -1 where it does not. */
  continueScalar: (offset: number) => number;
}

/** A lexer that does not ask how far lines in brackets and quotes are indented. */
function anyColumnLexer(): Lexer {
  const lexer = new Lexer();
  // The members are there, as the tests of what go-yaml reads would show if they were not.
  const state = lexer as unknown as LexerState;
  const parseFlowCollection = state.parseFlowCollection.bind(lexer);
  state.parseFlowCollection = function* () {
    const { indentNext } = state;
    state.indentNext = 0;
    const next = yield* parseFlowCollection();
    state.indentNext = indentNext;
    return next;
  };
  const continueScalar = state.continueScalar.bind(lexer);
  state.continueScalar = (offset) => {
    const quoted = /^["']/.test(state.charAt(0));
    if (!quoted && state.flowLevel === 0) return continueScalar(offset);
    const { indentNext } = state;
    state.indentNext = 0;
    const next = continueScalar(offset);
    state.indentNext = indentNext;
    return next;
  };
  return lexer;
}
