import type { Command, Option } from 'commander';
import { didYouMean } from '../diagnostics/did-you-mean.ts';
import { parseInteger } from './root-flags.ts';
import { usageError } from './usage-error.ts';

/** What the command line is read against. */
export interface WordGrammar {
  /** Declares the flags that stand before the subcommand. */
  readonly program: Command;
  /** The subcommand of that name, declared. */
  readonly find: (name: string) => Command | undefined;
  /** Declares every subcommand, for a help that lists them. */
  readonly declareAll: () => void;
  /** Whether the words of a subcommand are left as they are. */
  readonly isVerbatim: (name: string) => boolean;
  /** Whether the flags of a subcommand end at its first argument, as those of `exec` do. */
  readonly endsFlagsAtArgument: (name: string) => boolean;
  /** Whether a subcommand leaves out the arguments behind those that it takes. */
  readonly ignoresSurplus: (name: string) => boolean;
}

/**
 * Flags that may stand behind any subcommand although they are the program's: that of Docker Compose (compose-surface 1.1), and the one
 * that `up` and `down` have of their own.
 */
const persistent: readonly string[] = ['--dry-run', '--instance'];

/**
 * The command line in the forms that commander knows: Docker's flags may be written `--detach=false`, `-p=shop` and `-qa`. Throws
 * usage errors in Docker's words: unknown flags, missing and malformed values, too few and too many arguments.
 */
export function normalizeWords(grammar: WordGrammar, words: readonly string[]): readonly string[] {
  const { program } = grammar;
  const root = new FlagWords(program, undefined, words, true).read();
  const [name, ...own] = root.rest;
  const command = name === undefined ? undefined : grammar.find(name);
  if (command === undefined) grammar.declareAll();
  if (name === undefined || grammar.isVerbatim(name)) return [...root.flags, ...root.rest];
  if (command === undefined) return [...root.flags, '--', ...root.rest];
  const read = new FlagWords(command, program, own, grammar.endsFlagsAtArgument(name)).read();
  const given = [...read.positional, ...read.rest];
  const positional = grammar.ignoresSurplus(name) ? given.slice(0, command.registeredArguments.length) : given;
  if (!read.flags.includes('--help')) checkCount(command, positional);
  return [...root.flags, name, ...read.flags, ...(positional.length === 0 ? [] : ['--', ...positional])];
}

interface ReadWords {
  readonly flags: readonly string[];
  readonly positional: readonly string[];
  /** What was not read because the flags ended before. */
  readonly rest: readonly string[];
}

/** The words of one command, read from left to right. */
class FlagWords {
  readonly #command: Command;
  readonly #program: Command | undefined;
  readonly #words: readonly string[];
  readonly #endsAtArgument: boolean;
  readonly #flags: string[] = [];
  #next = 0;

  constructor(command: Command, program: Command | undefined, words: readonly string[], endsAtArgument: boolean) {
    this.#command = command;
    this.#program = program;
    this.#words = words;
    this.#endsAtArgument = endsAtArgument;
  }

  read(): ReadWords {
    const positional: string[] = [];
    while (this.#next < this.#words.length) {
      const word = this.#words[this.#next] ?? '';
      if (word === '--' || (this.#endsAtArgument && !isFlag(word))) break;
      this.#next += 1;
      if (!isFlag(word)) positional.push(word);
      else if (word.startsWith('--')) this.#long(word);
      else this.#short(word.slice(1));
    }
    const ended = this.#words[this.#next] === '--' && this.#program !== undefined;
    return { flags: this.#flags, positional, rest: this.#words.slice(this.#next + (ended ? 1 : 0)) };
  }

  #long(word: string): void {
    const [, name = word, value] = /^([^=]+)=?(.*)$/s.exec(word) ?? [];
    const given = word.includes('=') ? value : undefined;
    const isOwn = this.#command.options.some((option) => option.long === name);
    if (name === '--help') this.#flags.push(name);
    else if (!isOwn && persistent.includes(name)) this.#setPersistent(name, given);
    else this.#take(this.#findLong(name), given, name);
  }

  /** `-d`, `-qa`, `-n5`, `-n=5` and `-n 5`. */
  #short(letters: string): void {
    for (let at = 0; at < letters.length; at += 1) {
      const letter = letters[at] ?? '';
      const rest = letters.slice(at + 1);
      const option = this.#command.options.find((each) => each.short === `-${letter}`);
      if (option === undefined && letter === 'h') this.#flags.push('--help');
      else if (option === undefined) throw usageError(`unknown shorthand flag: '${letter}' in -${letter}${rest}`);
      else if (rest.startsWith('=')) return this.#take(option, rest.slice(1), `'${letter}' in -${letter}`);
      else if (isSwitch(option)) this.#take(option, undefined, '');
      else return this.#take(option, rest === '' ? undefined : rest, `'${letter}' in -${letter}`);
    }
  }

  #take(option: Option, value: string | undefined, written: string): void {
    const name = option.long ?? option.short ?? '';
    if (isSwitch(option)) this.#switch(this.#command, option, value);
    else if (option.optional) this.#flags.push(value === undefined ? name : `${name}=${value}`);
    else {
      const given = value ?? this.#nextWord(written);
      if (option.parseArg === parseInteger && !/^[+-]?\d+$/.test(given)) throw malformed(option, given, 'ParseInt');
      this.#flags.push(`${name}=${given}`);
    }
  }

  #switch(command: Command, option: Option, value: string | undefined): void {
    const on = value === undefined || readBoolean(option, value);
    if (on && command === this.#command) this.#flags.push(option.long ?? option.short ?? '');
    else command.setOptionValueWithSource(option.attributeName(), on !== option.negate, 'cli');
  }

  /** The word behind a flag, which is its value. */
  #nextWord(written: string): string {
    const word = this.#words[this.#next];
    if (word === undefined) throw usageError(`flag needs an argument: ${written}`);
    this.#next += 1;
    return word;
  }

  #setPersistent(name: string, value: string | undefined): void {
    const option = this.#program?.options.find((each) => each.long === name);
    if (this.#program === undefined || option === undefined) throw unknownFlag(name, []);
    if (isSwitch(option)) this.#switch(this.#program, option, value);
    else this.#program.setOptionValueWithSource(option.attributeName(), value ?? this.#nextWord(name), 'cli');
  }

  #findLong(name: string): Option {
    const { options } = this.#command;
    const found = options.find((option) => option.long === name);
    if (found !== undefined) return found;
    throw unknownFlag(
      name,
      options.flatMap((option) => (option.hidden ? [] : (option.long ?? []))),
    );
  }
}

/** Commander's own word for it leaves negations out. */
function isSwitch(option: Option): boolean {
  return !option.required && !option.optional;
}

function isFlag(word: string): boolean {
  return word.startsWith('-') && word !== '-';
}

function unknownFlag(name: string, known: readonly string[]): Error {
  const meant = didYouMean(name, known);
  return usageError(`unknown flag: ${name}`, ...(meant === undefined ? [] : [`did you mean ${meant}?`]));
}

/** Go's words for true and false. */
function readBoolean(option: Option, text: string): boolean {
  if (/^(1|t|T|true|TRUE|True)$/.test(text)) return true;
  if (/^(0|f|F|false|FALSE|False)$/.test(text)) return false;
  throw malformed(option, text, 'ParseBool');
}

function malformed(option: Option, text: string, reader: 'ParseInt' | 'ParseBool'): Error {
  const name = [option.short, option.long].filter((each) => each !== undefined).join(', ');
  const quoted = JSON.stringify(text);
  return usageError(
    `invalid argument ${quoted} for "${name}" flag: strconv.${reader}: parsing ${quoted}: invalid syntax`,
  );
}

function checkCount(command: Command, { length, 0: first = '' }: readonly string[]): void {
  const { registeredArguments: parameters } = command;
  const least = parameters.filter((parameter) => parameter.required).length;
  const most = parameters.some((parameter) => parameter.variadic) ? Number.POSITIVE_INFINITY : parameters.length;
  if (length >= least && length <= most) return;
  const found = String(length);
  const programName = command.parent?.name() ?? 'topsail';
  if (most === 0) throw usageError(`unknown command ${JSON.stringify(first)} for "${programName} ${command.name()}"`);
  if (least === most && length > most) throw usageError(`accepts ${String(most)} arg(s), received ${found}`);
  if (least === most || most === Number.POSITIVE_INFINITY)
    throw usageError(`requires at least ${String(least)} arg(s), only received ${found}`);
  if (least === 0) throw usageError(`accepts at most ${String(most)} arg(s), received ${found}`);
  throw usageError(`accepts between ${String(least)} and ${String(most)} arg(s), received ${found}`);
}
