/** The quoting a character stands in. */
type Quoting = 'none' | 'single' | 'double' | 'backtick' | 'substitution';

/**
 * Splits a command text into words as Docker Compose does (spec-facts section 23). An unquoted `;`, `&`, `|`, `<` or
 * `>` ends the command, substitutions are kept unexecuted. Throws a RangeError when quotes or parentheses do not match.
 */
export function splitCommandWords(text: string): readonly string[] {
  const splitter = new CommandSplitter();
  for (const character of text) {
    if (!splitter.take(character)) break;
  }
  return splitter.finish();
}

class CommandSplitter {
  readonly #words: string[] = [];
  #word = '';
  #inWord = false;
  #escaped = false;
  #quoting: Quoting = 'none';

  /** Takes the next character; false when the command ends before it. */
  take(character: string): boolean {
    if (this.#escaped) {
      this.#escaped = false;
      this.#append(character);
      return true;
    }
    if (character === '\\' && this.#quoting !== 'single') {
      this.#escaped = true;
      return true;
    }
    if (this.#quoting === 'none') return this.#takePlain(character);
    this.#takeQuoted(character);
    return true;
  }

  finish(): readonly string[] {
    if (this.#escaped || this.#quoting !== 'none') throw new RangeError('invalid command line string');
    this.#endWord();
    return this.#words;
  }

  #append(text: string): void {
    this.#word += text;
    this.#inWord = true;
  }

  #endWord(): void {
    if (this.#inWord) this.#words.push(this.#word);
    this.#word = '';
    this.#inWord = false;
  }

  #takePlain(character: string): boolean {
    switch (character) {
      case ' ':
      case '\t':
      case '\r':
      case '\n':
        this.#endWord();
        return true;
      case "'":
        return this.#open('single', '');
      case '"':
        return this.#open('double', '');
      case '`':
        return this.#open('backtick', '`');
      case '(':
        if (!this.#word.endsWith('$')) throw new RangeError('invalid command line string');
        return this.#open('substitution', '(');
      case ')':
        throw new RangeError('invalid command line string');
      case ';':
      case '&':
      case '|':
      case '<':
      case '>':
        if (character === '>' && /^\d/.test(this.#word)) this.#inWord = false;
        return false;
      default:
        this.#append(character);
        return true;
    }
  }

  #open(quoting: Quoting, kept: string): true {
    this.#quoting = quoting;
    this.#append(kept);
    return true;
  }

  #takeQuoted(character: string): void {
    switch (this.#quoting) {
      case 'single':
        this.#closeOn(character, "'", '');
        return;
      case 'double':
        this.#closeOn(character, '"', '');
        return;
      case 'backtick':
        this.#closeOn(character, '`', '`');
        return;
      default:
        this.#closeOn(character, ')', ')');
    }
  }

  #closeOn(character: string, closing: string, kept: string): void {
    if (character !== closing) {
      this.#append(character);
      return;
    }
    this.#quoting = 'none';
    this.#append(kept);
  }
}
