import type { Command, Option } from 'commander';
import type { Host } from './host.ts';
import type { WordGrammar } from './normalize-words.ts';

/** What a shell may put in place of the last word. */
export interface Completion {
  readonly candidates: readonly Candidate[];
  /** Whether file names are candidates too. */
  readonly files: boolean;
}

/** A word, and what it means. */
export interface Candidate {
  readonly word: string;
  readonly meaning: string;
}

/** Names of services of the project that these words of the command line choose. Never rejects. */
export type NameServices = (rootWords: readonly string[]) => Promise<readonly string[]>;

const values: Readonly<Record<string, readonly string[]>> = {
  '--progress': ['auto', 'tty', 'plain', 'json', 'quiet'],
  '--ansi': ['auto', 'always', 'never'],
  '--pull': ['always', 'missing', 'never'],
  '--policy': ['always', 'missing'],
  '--rmi': ['all', 'local'],
  '--status': ['paused', 'restarting', 'removing', 'running', 'dead', 'created', 'exited'],
  '--protocol': ['tcp', 'udp'],
  '--signal': ['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGKILL', 'SIGUSR1', 'SIGUSR2'],
};

/** Flags whose value is the name of a service. */
const serviceFlags: readonly string[] = ['--attach', '--no-attach', '--exit-code-from', '--hash'];

/** Flags whose value has no meaning as the name of a file. */
const plainFlags = /number|seconds|lines|time|name|id|container|project|host|filter|template|format|text|policy|signal/;

/** Completes the last of the words, which may be empty. */
export async function complete(
  { program, find, declareAll, isVerbatim, endsFlagsAtArgument }: WordGrammar,
  words: readonly string[],
  nameServices: NameServices,
): Promise<Completion> {
  const current = words.at(-1) === '=' ? '' : (words.at(-1) ?? '');
  // Bash cuts `--format=x` into three words.
  const before = words.slice(0, -1).filter((word) => word !== '=');
  const root = scan(program, before, true);
  const [name] = root.positional;
  if (name === undefined) {
    declareAll();
    if (root.open !== undefined) return completeValue(root.open, current, () => nameServices(root.flags));
    return current.startsWith('-')
      ? flagsOf(program, current, () => nameServices(root.flags))
      : matching(commandsOf(program, isVerbatim), current);
  }
  const command = find(name);
  if (command === undefined || isVerbatim(name)) return { candidates: [], files: false };
  const own = scan(command, root.positional.slice(1), endsFlagsAtArgument(name));
  const services = (): Promise<readonly string[]> => nameServices(root.flags);
  if (own.open !== undefined) return completeValue(own.open, current, services);
  if (current.startsWith('-') && !own.ended) return flagsOf(command, current, services);
  return completeArgument(command, own.positional, current, services);
}

interface Scanned {
  readonly flags: readonly string[];
  readonly positional: readonly string[];
  /** The flag whose value comes next. */
  readonly open: Option | undefined;
  /** Whether no flags can follow. */
  readonly ended: boolean;
}

function scan(command: Command, words: readonly string[], endsAtArgument: boolean): Scanned {
  const positional: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (word === '--' || (endsAtArgument && !word.startsWith('-'))) {
      const rest = word === '--' ? words.slice(at + 1) : words.slice(at);
      return { flags: words.slice(0, at), positional: [...positional, ...rest], open: undefined, ended: true };
    }
    if (!word.startsWith('-')) positional.push(word);
    else if (takesNextWord(command, word)) {
      if (at + 1 === words.length) {
        return { flags: words.slice(0, at), positional, open: optionOf(command, word), ended: false };
      }
      at += 1;
    }
  }
  return { flags: words, positional, open: undefined, ended: false };
}

function optionOf(command: Command, word: string): Option | undefined {
  if (word.startsWith('--')) return command.options.find((option) => option.long === word);
  return command.options.find((option) => option.short === `-${word.at(-1) ?? ''}`);
}

function takesNextWord(command: Command, word: string): boolean {
  return !word.includes('=') && optionOf(command, word)?.required === true;
}

async function completeValue(
  option: Option,
  current: string,
  services: () => Promise<readonly string[]>,
): Promise<Completion> {
  const { long = '', flags } = option;
  const known = values[long];
  if (known !== undefined) return matching(known.map(plain), current);
  if (serviceFlags.includes(long)) return matching((await services()).map(plain), current);
  if (long === '--scale')
    return matching(
      (await services()).map((service) => plain(`${service}=`)),
      current,
    );
  return { candidates: [], files: !plainFlags.test(flags.replace(long, '')) };
}

async function completeArgument(
  command: Command,
  before: readonly string[],
  current: string,
  services: () => Promise<readonly string[]>,
): Promise<Completion> {
  const parameters = command.registeredArguments;
  const parameter = parameters[Math.min(before.length, parameters.length - 1)];
  if (parameter === undefined || (before.length >= parameters.length && !parameter.variadic)) {
    return { candidates: [], files: false };
  }
  const name = parameter.name();
  if (/^services?$/.test(name)) {
    return matching((await services()).filter((service) => !before.includes(service)).map(plain), current);
  }
  if (/^(?:services?=number|assignments?|scales?)$/.test(name)) {
    return matching(
      (await services()).map((service) => plain(`${service}=`)),
      current,
    );
  }
  if (command.name() !== 'cp') return { candidates: [], files: ['exec', 'run'].includes(command.name()) };
  return {
    ...matching(
      (await services()).map((service) => plain(`${service}:`)),
      current,
    ),
    files: true,
  };
}

function commandsOf(program: Command, isVerbatim: (name: string) => boolean): readonly Candidate[] {
  return program.commands
    .filter((command) => !isVerbatim(command.name()))
    .map((command) => ({ word: command.name(), meaning: command.description() }));
}

async function flagsOf(
  command: Command,
  current: string,
  services: () => Promise<readonly string[]>,
): Promise<Completion> {
  const [, flag, value = ''] = /^(--[\w-]+)=(.*)$/s.exec(current) ?? [];
  const option = flag === undefined ? undefined : optionOf(command, flag);
  if (flag !== undefined && option !== undefined) {
    const { candidates, files } = await completeValue(option, value, services);
    return { candidates: candidates.map(({ word }) => plain(`${flag}=${word}`)), files };
  }
  const shown = command.options.filter((option) => !option.hidden);
  const flags = shown.map((option) => ({ word: option.long ?? option.short ?? '', meaning: option.description }));
  return matching([...flags, { word: '--help', meaning: 'show help' }], current);
}

function matching(candidates: readonly Candidate[], current: string): Completion {
  return { candidates: candidates.filter(({ word }) => word.startsWith(current)), files: false };
}

function plain(word: string): Candidate {
  return { word, meaning: '' };
}

/** Answers in the protocol that the scripts of `completion` and the Docker client know: a candidate a line, then what else counts. */
export function printCompletion({ stdout }: Pick<Host, 'stdout'>, completion: Completion, meanings: boolean): void {
  const lines = completion.candidates.map(({ word, meaning }) =>
    meanings && meaning !== '' ? `${word}\t${meaning}` : word,
  );
  const directive = completion.files ? 0 : noFiles;
  stdout.write([...lines, `:${String(directive)}`, ''].join('\n'));
}

/** cobra's word for: no names of files. */
const noFiles = 4;
