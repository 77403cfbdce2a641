import type { SourceSpan, SourceText } from '../diagnostics/source-text.ts';
import { expandTemplate, maximumExpansion, type VariableLookup } from '../interpolation/expand-template.ts';
import { unescapeDoubleQuoted } from './dotenv-escapes.ts';

/** One `KEY=VALUE` of an env file, in file order; a later entry of the same name wins. */
export interface EnvironmentEntry {
  readonly name: string;
  readonly value: string;
  readonly span: SourceSpan;
  /** The text that variables were put into; absent when there were none in it. */
  readonly template?: string;
  /** Whether the file names the key alone: its value is that of the variable with this name. */
  readonly bare?: true;
}

/** What is wrong with an env file, and where. */
export interface EnvironmentFileProblem {
  readonly message: string;
  readonly span: SourceSpan;
}

/** What an env file holds. With a problem, `entries` are those before it. */
export interface EnvironmentFileContent {
  readonly entries: readonly EnvironmentEntry[];
  readonly problem?: EnvironmentFileProblem;
  /** Variables the file refers to that are not set anywhere. */
  readonly unset: readonly { readonly name: string; readonly span: SourceSpan }[];
}

/** Stops the scan at the first problem; never leaves this file. */
class ScanStop extends Error {
  readonly problem: EnvironmentFileProblem;
  constructor(problem: EnvironmentFileProblem) {
    super(problem.message);
    this.problem = problem;
  }
}

/**
 * Reads the dotenv grammar (spec-facts section 8). A bare key and `${NAME}` find their value in `lookup`, the
 * environment the file is read in, then among the keys above in the same file, then in `earlier`, the files before it.
 */
export function parseDotenv(
  source: SourceText,
  lookup: VariableLookup,
  earlier: VariableLookup = () => undefined,
): EnvironmentFileContent {
  const scan = new DotenvScan(source, lookup, earlier);
  try {
    scan.run();
    return { entries: scan.entries, unset: scan.unset };
  } catch (thrown) {
    if (thrown instanceof ScanStop) return { entries: scan.entries, unset: scan.unset, problem: thrown.problem };
    throw thrown;
  }
}

const blank = /[\t\v\f\r \u0085\u00a0]*/y;
const blankOrNewline = /[\t\v\f\r\n \u0085\u00a0\ufeff]*/y;
const exportPrefix = /export[\t\v\f\r \u0085\u00a0]+(?![=:])/y;
const keyEnd = /[=:\n]/g;
const illegalInKey = /[^\p{L}\p{N}_.\-[\]\t\v\f\r \u0085\u00a0]/u;

const tooLong = `with its variables replaced the value has more than ${String(maximumExpansion)} characters`;

class DotenvScan {
  readonly entries: EnvironmentEntry[] = [];
  readonly unset: { name: string; span: SourceSpan }[] = [];
  readonly #source: SourceText;
  readonly #text: string;
  readonly #lookup: VariableLookup;
  readonly #defined = new Map<string, string>();
  #at = 0;
  /** The text that variables were put into, of the value that was read last. */
  #template: string | undefined;

  constructor(source: SourceText, lookup: VariableLookup, earlier: VariableLookup) {
    this.#source = source;
    this.#text = source.text;
    this.#lookup = (name) => lookup(name) ?? this.#defined.get(name) ?? earlier(name);
  }

  run(): void {
    for (;;) {
      this.#skip(blankOrNewline);
      if (this.#at >= this.#text.length) return;
      if (this.#text[this.#at] === '#') this.#at = this.#lineEnd(this.#at);
      else this.#readStatement();
    }
  }

  #skip(pattern: RegExp): void {
    pattern.lastIndex = this.#at;
    if (pattern.test(this.#text)) this.#at = pattern.lastIndex;
  }

  #lineEnd(from: number): number {
    const newline = this.#text.indexOf('\n', from);
    return newline === -1 ? this.#text.length : newline;
  }

  #span(start: number, end: number): SourceSpan {
    return { source: this.#source, start, end };
  }

  #readStatement(): void {
    this.#skip(exportPrefix);
    const start = this.#at;
    keyEnd.lastIndex = start;
    const separatorAt = keyEnd.exec(this.#text)?.index ?? this.#text.length;
    const key = this.#readKey(start, separatorAt);
    const inherited = separatorAt >= this.#text.length || this.#text[separatorAt] === '\n';
    this.#at = Math.min(separatorAt + 1, this.#text.length);
    this.#template = undefined;
    if (inherited) this.#define(key, this.#lookup(key), this.#span(start, separatorAt), { bare: true });
    else {
      const value = this.#readValue();
      const template = this.#template;
      this.#define(key, value, this.#span(start, this.#at), template === undefined ? {} : { template });
    }
  }

  #readKey(start: number, end: number): string {
    const written = this.#text.slice(start, end);
    const illegal = illegalInKey.exec(written);
    if (illegal !== null) {
      const line = this.#text.slice(start, this.#lineEnd(start)).trimEnd();
      const at = start + illegal.index;
      throw new ScanStop({
        message: `unexpected character "${illegal[0]}" in variable name "${line}"`,
        span: this.#span(at, at + illegal[0].length),
      });
    }
    const key = written.trimEnd();
    if (/\s/.test(key)) {
      throw new ScanStop({ message: 'key cannot contain a space', span: this.#span(start, start + key.length) });
    }
    return key;
  }

  #define(
    name: string,
    value: string | undefined,
    span: SourceSpan,
    source: Pick<EnvironmentEntry, 'template' | 'bare'>,
  ): void {
    if (value === undefined) return;
    this.#defined.set(name, value);
    this.entries.push({ name, value, span, ...source });
  }

  #readValue(): string {
    this.#skip(blank);
    const quote = this.#text[this.#at];
    return quote === '"' || quote === "'" ? this.#readQuoted(quote) : this.#readUnquoted();
  }

  #readUnquoted(): string {
    const start = this.#at;
    this.#at = this.#lineEnd(start);
    const line = this.#text.slice(start, this.#at);
    const comment = line.indexOf(' #');
    const value = (comment === -1 ? line : line.slice(0, comment)).trim();
    return this.#expand(value, start, start + value.length);
  }

  #readQuoted(quote: string): string {
    const start = this.#at;
    let end = start + 1;
    for (; end < this.#text.length && this.#text[end] !== quote; end += 1) {
      if (this.#text[end] === '\\') end += 1;
    }
    if (end >= this.#text.length) {
      const line = this.#text.slice(start, this.#lineEnd(start));
      throw new ScanStop({
        message: `unterminated quoted value ${line}`,
        span: this.#span(start, start + line.length),
      });
    }
    const inner = this.#text.slice(start + 1, end);
    this.#at = end + 1;
    if (quote === "'") return inner.replaceAll("\\'", "'");
    return this.#expand(unescapeDoubleQuoted(inner), start, this.#at);
  }

  #expand(template: string, start: number, end: number): string {
    const expansion = expandTemplate(template, this.#lookup);
    const span = this.#span(start, end);
    if (!expansion.valid) {
      const problem = expansion.tooLong === true ? tooLong : `invalid template: "${template}"`;
      throw new ScanStop({ message: problem, span });
    }
    const missing = expansion.missing[0];
    if (missing !== undefined) {
      const reason = missing.message === '' ? '' : `: ${missing.message}`;
      throw new ScanStop({ message: `required variable ${missing.name} is missing a value${reason}`, span });
    }
    for (const name of expansion.unset) this.unset.push({ name, span });
    if (template.includes('$')) this.#template = template;
    return expansion.text;
  }
}
