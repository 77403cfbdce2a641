import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, test } from 'vitest';
import { runAny } from '../harness/any-command.ts';
import { openScenario, type Scenario } from '../harness/scenario.ts';
import { needTerminal, startOnTerminal, untilSized } from '../harness/terminal.ts';
import { launcher } from '../harness/topsail-process.ts';

const directory = fileURLToPath(new URL('.', import.meta.url));

describe('exec', () => {
  let scenario: Scenario;

  beforeEach(async () => {
    scenario = openScenario(directory, { FROM_HERE: 'here' });
    await scenario.succeed('up', '-d');
  });

  test('gives output, error output and exit code of the command', async () => {
    expect(await scenario.run('exec', 'web', 'sh', '-c', 'echo out; echo err >&2; exit 7')).toEqual({
      exitCode: 7,
      stdout: 'out\n',
      stderr: 'err\n',
    });
    // Docker 20.10 gives 126 for this, too.
    expect([126, 127]).toContain((await scenario.run('exec', 'web', 'no-such-program')).exitCode);
    expect((await scenario.run('exec', 'web', '/etc')).exitCode).toBe(126);
  });

  test('passes user, directory and variables on', async () => {
    const flags = ['-u', '1234', '-w', '/tmp', '-e', 'FROM_HERE', '-e', 'GIVEN=x', '-e', 'NOWHERE'];
    const script = 'echo $(id -u) $(pwd) $FROM_HERE $GIVEN $FROM_FILE; env | grep -c NOWHERE';
    const { stdout } = await scenario.run('exec', ...flags, 'web', 'sh', '-c', script);
    expect(stdout).toBe('1234 /tmp here x file\n0\n');
  });

  test('passes privileges on', async ({ skip }) => {
    const capabilities = async (...flags: readonly string[]): Promise<string> => {
      const { stdout } = await scenario.run('exec', ...flags, 'web', 'grep', 'CapEff', '/proc/self/status');
      skip(/unable to apply caps/.test(stdout), 'not available here: an engine that may give all privileges it knows');
      return stdout;
    };
    const usual = await capabilities();
    expect(await capabilities('--privileged')).not.toBe(usual);
  });

  test('goes to the first replica, or to the one that is named', async () => {
    await scenario.succeed('up', '-d', '--scale', 'web=2');
    const containers = await scenario.containers();
    const id = (number: string): string | undefined =>
      containers.find(({ Labels }) => Labels['com.docker.compose.container-number'] === number)?.Id.slice(0, 12);
    expect((await scenario.succeed('exec', 'web', 'hostname')).stdout.trim()).toBe(id('1'));
    expect((await scenario.succeed('exec', '--index', '2', 'web', 'hostname')).stdout.trim()).toBe(id('2'));
    expect(await scenario.run('exec', '--index', '3', 'web', 'true')).toMatchObject({
      exitCode: 1,
      stderr: 'service "web" is not running container #3\n',
    });
    expect(await scenario.run('exec', 'off', 'true')).toMatchObject({
      exitCode: 1,
      stderr: 'service "off" is not running\n',
    });
  });

  test('a detached command runs on', async () => {
    expect(await scenario.succeed('exec', '-d', 'web', 'sh', '-c', 'echo done > /tmp/done')).toMatchObject({
      stdout: '',
    });
    const look = 'until test -s /tmp/done; do sleep 0.05; done; cat /tmp/done';
    expect((await scenario.succeed('exec', 'web', 'sh', '-c', look)).stdout).toBe('done\n');
  });

  test('what is piped in arrives with its end, and 16 MiB come back complete', async () => {
    const { environment } = scenario;
    const pipe = (input: string, ...command: readonly string[]) =>
      runAny(process.execPath, [launcher, 'exec', '-T', 'web', ...command], { directory, environment, input });
    expect((await pipe('typed\n', 'sh', '-c', 'cat; echo end')).stdout).toBe('typed\nend\n');
    const large = 'x'.repeat(16 << 20);
    const digest = createHash('sha256').update(large).digest('hex');
    expect((await pipe(large, 'sha256sum')).stdout).toBe(`${digest}  -\n`);
    const { stdout } = await pipe('', 'sh', '-c', `dd if=/dev/zero bs=1M count=16 2>/dev/null | tr '\\0' x`);
    expect(createHash('sha256').update(stdout).digest('hex')).toBe(digest);
  });

  test('Ctrl-C ends it with 130', async () => {
    const running = scenario.start('exec', 'web', 'sh', '-c', 'echo ready; sleep 100');
    await running.until('stdout', /ready/);
    running.signal('SIGINT');
    expect((await running.ended).exitCode).toBe(130);
  });

  test('a terminal has size and keys, and is given back', async (context) => {
    await needTerminal(context);
    const script = `${untilSized}; echo sized; read line; echo "<$line>"; exit 4`;
    const terminal = startOnTerminal(scenario, 'exec', 'web', 'sh', '-c', script);
    await terminal.until(/sized/);
    terminal.type('typed\r');
    const { exitCode, settings } = await terminal.ended;
    expect(exitCode).toBe(4);
    expect(terminal.screen()).toMatch(/typed\r\n<typed>\r\n/);
    expect(settings).toMatch(/ icanon .* echo /);
    expect(settings).toMatch(/ opost /);
  });

  test('the detach keys end it and leave the command', async (context) => {
    await needTerminal(context);
    const terminal = startOnTerminal(scenario, 'exec', 'web', 'sh', '-c', 'echo ready; sleep 1000');
    await terminal.until(/ready/);
    terminal.type('\x10\x11');
    const { exitCode, settings } = await terminal.ended;
    expect(exitCode).toBe(1);
    expect(terminal.screen()).toContain('read escape sequence');
    expect(settings).toMatch(/ echo /);
    expect((await scenario.succeed('exec', 'web', 'ps')).stdout).toContain('sleep 1000');
  });

  test('a terminal needs one to type on', async (context) => {
    await needTerminal(context);
    const shell = `echo x | '${process.execPath}' '${launcher}' exec web cat`;
    const { exitCode, stdout } = await runAny('script', ['-qec', shell, '/dev/null'], scenario);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('the input device is not a TTY');
  });
});
