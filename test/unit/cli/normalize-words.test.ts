import { Command, Option } from 'commander';
import { expect, test } from 'vitest';
import { normalizeWords } from '../../../src/cli/normalize-words.ts';
import { collect, parseInteger } from '../../../src/cli/root-flags.ts';

function grammar() {
  const program = new Command('topsail')
    .option('-p, --project-name <name>', 'name')
    .option('--profile <name>', 'profile', collect)
    .option('--compatibility', 'old names')
    .option('--dry-run', 'no changes')
    .option('--instance <name>', 'copy');
  program
    .command('list')
    .argument('[names...]', 'names')
    .option('-q, --quiet', 'ids')
    .option('-a, --all', 'all')
    .option('-n, --tail <lines>', 'lines')
    .option('-t, --timeout <seconds>', 'seconds', parseInteger)
    .option('--no-color', 'no colours')
    .addOption(new Option('--hidden <x>', 'hidden').hideHelp());
  program
    .command('exec')
    .argument('<service>', 'service')
    .argument('<command...>', 'command')
    .option('-T, --no-tty', 'x');
  program.command('none');
  program.command('one').argument('[name]', 'name');
  program.command('two').argument('<from>', 'from').argument('<to>', 'to');
  program.command('some').argument('<a>', 'a').argument('[b]', 'b');
  program.command('loose').argument('<name>', 'name').option('-q, --quiet', 'ids');
  program.command('own').argument('[names...]', 'names').option('--instance <name>', 'copy');
  program.command('later');
  return {
    program,
    find: (name: string) => program.commands.find((command) => command.name() === name),
    declareAll: () => undefined,
    isVerbatim: (name: string) => name === 'later',
    endsFlagsAtArgument: (name: string) => name === 'exec',
    ignoresSurplus: (name: string) => name === 'loose',
  };
}

const normalize = (...words: readonly string[]) => normalizeWords(grammar(), words).join(' ');

test.each([
  ['-p shop list', '--project-name=shop list'],
  ['-pshop list', '--project-name=shop list'],
  ['-p=shop list', '--project-name=shop list'],
  ['--project-name shop --profile a --profile=b list', '--project-name=shop --profile=a --profile=b list'],
  ['list -qa', 'list --quiet --all'],
  ['list -qn5 web', 'list --quiet --tail=5 -- web'],
  ['list web -n=5', 'list --tail=5 -- web'],
  ['list -n -5', 'list --tail=-5'],
  ['list web -- -q', 'list -- web -q'],
  ['list - web', 'list -- - web'],
  ['list -t 5 --no-color', 'list --timeout=5 --no-color'],
  ['list --hidden=x', 'list --hidden=x'],
  ['exec -T web ls -q --all', 'exec --no-tty -- web ls -q --all'],
  ['list -h', 'list --help'],
  ['loose web more -q -- and more', 'loose --quiet -- web'],
  ['later -x --y z', 'later -x --y z'],
  ['nothing -x --y', '-- nothing -x --y'],
  ['', ''],
])('%s', (words, expected) => {
  expect(normalize(...(words === '' ? [] : words.split(' ')))).toBe(expected);
});

test('a flag that is said to be false is taken as such', () => {
  const { program, ...rest } = grammar();
  const list = program.commands.find((command) => command.name() === 'list');
  expect(
    normalizeWords({ program, ...rest }, ['list', '--quiet=false', '--all=true', '--no-color=0', '-q=f', '-a=1']),
  ).toEqual(['list', '--all', '--all']);
  expect(list?.opts()).toMatchObject({ quiet: false, color: true });
});

test('--dry-run may stand behind the command', () => {
  const { program, ...rest } = grammar();
  expect(normalizeWords({ program, ...rest }, ['list', '--dry-run', 'web'])).toEqual(['list', '--', 'web']);
  expect(program.opts()).toMatchObject({ dryRun: true });
});

test.each([
  ['list --instance x web'],
  ['list --instance=x web'],
  ['list web --instance x'],
  ['--instance y list web --instance x'],
])('the copy of the project may be named behind the command: %s', (line) => {
  const { program, ...rest } = grammar();
  const words = normalizeWords({ program, ...rest }, line.split(' '));
  expect(words.slice(-3)).toEqual(['list', '--', 'web']);
  expect(program.opts()).toMatchObject({ instance: 'x' });
});

test('a command that has the flag itself keeps it, and what an exec runs keeps its own', () => {
  const { program, ...rest } = grammar();
  const read = (line: string) => normalizeWords({ program, ...rest }, line.split(' '));
  expect(read('own web --instance x')).toEqual(['own', '--instance=x', '--', 'web']);
  expect(read('exec web psql --instance x')).toEqual(['exec', '--', 'web', 'psql', '--instance', 'x']);
  expect(program.opts()).toEqual({});
  expect(read('exec --instance x web psql')).toEqual(['exec', '--', 'web', 'psql']);
  expect(program.opts()).toEqual({ instance: 'x' });
});

test.each([
  ['list --instance', 'flag needs an argument: --instance'],
  ['--bogus list', 'unknown flag: --bogus'],
  ['list --taill 5', 'unknown flag: --taill'],
  ['list -qz', "unknown shorthand flag: 'z' in -z"],
  ['list -zq', "unknown shorthand flag: 'z' in -zq"],
  ['list --tail', 'flag needs an argument: --tail'],
  ['list -qn', "flag needs an argument: 'n' in -n"],
  ['list -t x', 'invalid argument "x" for "-t, --timeout" flag: strconv.ParseInt: parsing "x": invalid syntax'],
  ['list --timeout=', 'invalid argument "" for "-t, --timeout" flag: strconv.ParseInt: parsing "": invalid syntax'],
  ['list --all=no', 'invalid argument "no" for "-a, --all" flag: strconv.ParseBool: parsing "no": invalid syntax'],
  ['none x', 'unknown command "x" for "topsail none"'],
  ['one x y', 'accepts at most 1 arg(s), received 2'],
  ['two x', 'requires at least 2 arg(s), only received 1'],
  ['two x y z', 'accepts 2 arg(s), received 3'],
  ['some', 'accepts between 1 and 2 arg(s), received 0'],
  ['exec web', 'requires at least 2 arg(s), only received 1'],
])('%s: %s', (words, message) => {
  expect(() => normalize(...words.split(' '))).toThrow(message);
});

test('a misspelt flag is met with the nearest one, which is none of the hidden ones', () => {
  expect(() => normalize('list', '--quite')).toThrow(expect.objectContaining({ details: ['did you mean --quiet?'] }));
  expect(() => normalize('list', '--hiden')).toThrow(expect.objectContaining({ details: [] }));
});
