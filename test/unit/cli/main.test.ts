import { expect, test } from 'vitest';
import { runCommandLine } from '../../../src/cli/main.ts';
import { RecordedHost } from './recorded-host.ts';

async function run(words: readonly string[], host = new RecordedHost()) {
  const exitCode = await runCommandLine(words, host);
  return { exitCode, stdout: host.stdout.text, stderr: host.stderr.text };
}

test('without words the help is shown, which is no failure', async () => {
  const { exitCode, stdout } = await run([]);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^Usage: topsail /);
  for (const command of ['up', 'down', 'plan', 'graph', 'ps', 'logs', 'config', 'doctor', 'version']) {
    expect(stdout).toMatch(new RegExp(`^  ${command}\\b`, 'm'));
  }
});

test('help is understood as a command too', async () => {
  expect(await run(['help'])).toEqual(await run([]));
  expect(await run(['help', 'up'])).toEqual(await run(['up', '--help']));
});

test('an unknown command fails behind the help and is met with the nearest one', async () => {
  const { stdout } = await run([]);
  expect(await run(['upp', '--flag'])).toEqual({
    exitCode: 1,
    stdout,
    stderr: 'unknown docker command: "compose upp"\n  did you mean up?\n',
  });
});

test('an unknown flag fails and is named', async () => {
  expect(await run(['up', '--deatch'])).toEqual({
    exitCode: 1,
    stdout: '',
    stderr: 'unknown flag: --deatch\n  did you mean --detach?\n',
  });
});

test('a root flag after the command is refused, as Docker Compose does', async () => {
  expect(await run(['version', '--project-name', 'x'])).toMatchObject({
    exitCode: 1,
    stderr: 'unknown flag: --project-name\n',
  });
  expect(await run(['ps', '-p', 'x'])).toMatchObject({ exitCode: 1, stderr: "unknown shorthand flag: 'p' in -p\n" });
});

test('old names of flags of the whole still work, with a note, and not beside the new ones', async () => {
  expect(await run(['--no-ansi', 'version', '--short'])).toMatchObject({
    exitCode: 0,
    stderr: "option '--no-ansi' is DEPRECATED ! Please use '--ansi' instead.\n",
  });
  expect(await run(['--workdir', '/tmp', '--verbose', 'version'])).toMatchObject({
    exitCode: 0,
    stderr: "option '--workdir' is DEPRECATED at root level! Please use '--project-directory' instead.\n",
  });
  for (const words of [
    ['--no-ansi', '--ansi', 'never'],
    ['--ansi=never', '--no-ansi'],
  ]) {
    expect(await run([...words, 'version'])).toMatchObject({
      exitCode: 1,
      stderr: 'cannot specify DEPRECATED "--no-ansi" and "--ansi". Please use only "--ansi"\n',
    });
  }
  expect((await run(['--workdir', '/a', '--project-directory', '/b', 'version'])).exitCode).toBe(1);
});

test('commands of Docker Compose that come later say so, whatever their flags', async () => {
  expect(await run(['alpha', 'viz', '--ports', '--help'])).toEqual({
    exitCode: 1,
    stdout: '',
    stderr: 'topsail alpha comes in a later version\n',
  });
});

test.each([
  [['version'], /^Topsail version \d+\.\d+\.\d+, in place of Docker Compose version \d+\.\d+\.\d+\n$/],
  [['version', '--short'], /^\d+\.\d+\.\d+\n$/],
  [['version', '-f', 'json'], /^\{"version":"\d+\.\d+\.\d+"\}\n$/],
  [['--version'], /^Topsail version /],
])('%j shows the version', async (words, pattern) => {
  const { exitCode, stdout } = await run(words);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(pattern);
});

test.each([
  [['--progress', 'fancy', 'version'], 'unsupported --progress value "fancy"'],
  [['--ansi', 'never', '--progress', 'tty', 'version'], "can't use --progress tty while ANSI support is disabled"],
  [['--ansi', 'sometimes', 'version'], 'invalid value for --ansi: "sometimes"'],
  [['ps', '--status', 'bad'], 'unknown status "bad"'],
  [['ps', '--filter', 'status'], 'arguments to --filter should be in form KEY=VAL'],
  [['ps', '--filter', 'source=x'], 'not implemented'],
  [['ps', '--filter', 'name=x'], 'unknown filter name'],
  [
    ['ls', '--filter', 'name'],
    'invalid argument "name" for "--filter" flag: bad format of filter (expected name=value)',
  ],
  [['ls', '--filter', 'status=x'], "invalid filter 'status'"],
  [['ls', '--filter', 'name=('], '--filter name='],
  [['ls', '--format', 'raw'], 'format value "raw" could not be parsed: parsing failed'],
  [['images', '--format', 'raw'], 'format value "raw" could not be parsed: parsing failed'],
  [['port', 'web', 'http'], 'strconv.ParseUint: parsing "http": invalid syntax'],
  [['port', 'web', '65536'], 'strconv.ParseUint: parsing "65536": value out of range'],
])('%j is refused', async (words, message) => {
  const { exitCode, stderr } = await run(words);
  expect(exitCode).toBe(1);
  expect(stderr).toContain(message);
});

test('a limit that is no number is refused by every command', async () => {
  const { exitCode, stderr } = await run(
    ['version'],
    new RecordedHost({ environment: { COMPOSE_PARALLEL_LIMIT: 'x' } }),
  );
  expect([exitCode, stderr]).toEqual([1, expect.stringContaining('COMPOSE_PARALLEL_LIMIT must be an integer')]);
});

test.each([
  [['down', '--volume'], '--volume is deprecated, please use --volumes instead'],
  [['up', '--y'], '--y is deprecated, please use --yes instead'],
  [['create', '--y'], '--y is deprecated, please use --yes instead'],
  [['build', '--progress=plain'], '--progress is a global flag'],
])('%j goes on to the project, with a note', async (words, note) => {
  const { stderr } = await run(words);
  expect(stderr).toContain(`warning: ${note}`);
  expect(stderr).toContain('no configuration file provided');
});

test('with --progress json an error is one event', async () => {
  const { stderr } = await run(['--progress', 'json', 'graph', '--format', 'png']);
  expect(JSON.parse(stderr)).toMatchObject({
    version: 1,
    type: 'error',
    error: true,
    code: 'usage',
    message: 'unsupported format "png"',
    details: ['use one of tree, mermaid, dot'],
  });
});

test('what an interrupted command does last, its exit code is 130, and a second interrupt ends it at once', async () => {
  const host = new RecordedHost();
  const running = runCommandLine(['version'], host);
  host.interrupt();
  host.interrupt();
  expect(await running).toBe(130);
  expect(host.exitCode).toBe(130);
});

test('up --watch says in one line that it comes later', async () => {
  expect(await run(['up', '--watch'])).toEqual({
    exitCode: 1,
    stdout: '',
    stderr: 'up --watch comes in a later version\n',
  });
});
