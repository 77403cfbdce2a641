import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { runAny } from '../harness/any-command.ts';
import { openScenario } from '../harness/scenario.ts';
import { needTerminal, startOnTerminal } from '../harness/terminal.ts';
import { launcher } from '../harness/topsail-process.ts';

const directory = fileURLToPath(new URL('.', import.meta.url));

describe('attach', () => {
  test("what is piped in arrives, its answer comes back, and the exit code is the container's", async () => {
    const scenario = openScenario(directory);
    await scenario.succeed('up', '-d', 'reader');
    const { environment } = scenario;
    const result = await runAny(process.execPath, [launcher, 'attach', 'reader'], {
      directory,
      environment,
      input: 'typed\n',
    });
    expect(result).toMatchObject({ exitCode: 4, stdout: '<typed>\n' });
    expect(await scenario.run('attach', 'reader')).toMatchObject({
      exitCode: 1,
      stderr: 'service "reader" is not running\n',
    });
  });

  test('Ctrl-C goes to the container, unless it shall not', async () => {
    const scenario = openScenario(directory);
    await scenario.succeed('up', '-d', 'clock');
    const alone = scenario.start('attach', '--sig-proxy=false', '--index', '1', 'clock');
    await alone.until('stdout', /tick/);
    alone.signal('SIGINT');
    expect((await alone.ended).exitCode).toBe(130);
    expect((await scenario.inspect('clock')).State.Status).toBe('running');
    const forwarding = scenario.start('attach', '--no-stdin', 'clock');
    await forwarding.until('stdout', /tick/);
    forwarding.signal('SIGINT');
    expect(await forwarding.ended).toMatchObject({
      exitCode: 130,
      stdout: expect.stringMatching(/caught\n$/) as string,
    });
    expect((await scenario.inspect('clock')).State).toMatchObject({ Status: 'exited', ExitCode: 5 });
  });

  test('a container with a terminal gets signals too, and one that is paused is left alone', async () => {
    const scenario = openScenario(directory);
    await scenario.succeed('up', '-d', 'screen');
    const forwarding = scenario.start('attach', '--no-stdin', 'screen');
    await forwarding.until('stdout', /tick/);
    forwarding.signal('SIGTERM');
    expect((await forwarding.ended).exitCode).toBe(130);
    expect((await scenario.inspect('screen')).State).toMatchObject({ Status: 'exited', ExitCode: 5 });
    await scenario.succeed('start', 'screen');
    await scenario.succeed('pause', 'screen');
    expect(await scenario.run('attach', 'screen')).toMatchObject({
      exitCode: 1,
      stderr: 'You cannot attach to a paused container, unpause it first\n',
    });
  });

  test("a terminal is drawn again; keys of one's choice leave it", async (context) => {
    await needTerminal(context);
    const scenario = openScenario(directory);
    await scenario.succeed('up', '-d', 'shell');
    const terminal = startOnTerminal(scenario, 'attach', '--detach-keys', 'ctrl-x,q', 'shell');
    await terminal.until(/\/ #/);
    terminal.type('echo $((40 + 2))\r');
    await terminal.until(/\n42/);
    terminal.type('\x18q');
    const { exitCode, settings } = await terminal.ended;
    expect(exitCode).toBe(1);
    expect(terminal.screen()).toContain('read escape sequence');
    expect(settings).toMatch(/ echo /);
    expect((await scenario.inspect('shell')).State.Status).toBe('running');
    const bad = await scenario.run('attach', '--detach-keys', 'nokey', 'shell');
    expect(bad).toMatchObject({ exitCode: 1, stderr: 'invalid detach keys: unknown key "nokey"\n' });
  });
});
