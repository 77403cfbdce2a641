import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { runAny } from '../harness/any-command.ts';
import { readEngine } from '../harness/engine-api.ts';
import { nothing } from '../harness/nothing.ts';
import { openScenario, type Scenario } from '../harness/scenario.ts';
import { needTerminal, startOnTerminal, untilSized } from '../harness/terminal.ts';
import { launcher } from '../harness/topsail-process.ts';

const directory = fileURLToPath(new URL('.', import.meta.url));

/** What of a one-off the engine tells. */
interface OneOffInspect {
  readonly Name: string;
  readonly Config: { readonly Labels: Readonly<Record<string, string>>; readonly Tty: boolean };
  readonly HostConfig: {
    readonly RestartPolicy: { readonly Name: string };
    readonly PortBindings: Readonly<Record<string, readonly { readonly HostPort: string }[]>> | null;
  };
  readonly NetworkSettings: {
    readonly Networks: Readonly<Record<string, { readonly Aliases: readonly string[] | null }>>;
  };
}

describe('run', () => {
  let scenario: Scenario;

  beforeEach(() => {
    scenario = openScenario(directory, { FROM_HERE: 'here' });
  });

  test('brings dependencies up, waits for them, and gives output and exit code of the command', async () => {
    const { exitCode, stdout, stderr } = await scenario.run('run', '--rm', 'tool', 'sh', '-c', 'echo out; exit 7');
    expect({ exitCode, stdout }).toEqual({ exitCode: 7, stdout: 'out\n' });
    expect(stderr).toMatch(/Container \S+-db-1 +Healthy/);
    expect(stderr).not.toMatch(/-tool-/);
    const containers = await scenario.containers();
    expect(containers.map(({ Names, Status }) => `${Names.join()} ${Status}`)).toEqual([
      expect.stringMatching(/-db-1 Up /),
    ]);
  });

  test('a container of its own is left when it has ended, and is a one-off', async () => {
    const flags = ['-l', 'more=label', '--no-deps', '--name', `${scenario.project}-mine`];
    expect((await scenario.succeed('run', ...flags, 'tool', 'true')).stdout).toBe('');
    const inspect = await readEngine<OneOffInspect>(`/containers/${scenario.project}-mine/json`);
    expect(inspect.Config.Labels).toMatchObject({
      own: 'label',
      more: 'label',
      'com.docker.compose.oneoff': 'True',
      'com.docker.compose.service': 'tool',
      'com.docker.compose.slug': expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    });
    expect(inspect.Config.Labels).not.toHaveProperty('com.docker.compose.container-number');
    // Podman leaves it empty.
    expect(['no', '']).toContain(inspect.HostConfig.RestartPolicy.Name);
    expect(inspect.HostConfig.PortBindings ?? {}).toEqual({});
    const [network] = Object.values(inspect.NetworkSettings.Networks);
    expect(network?.Aliases ?? []).not.toContain('tool');
    expect((await scenario.succeed('ps', '--services')).stdout.trim()).toBe('');
    await scenario.succeed('down', '--remove-orphans');
    expect(await scenario.leftovers()).toEqual(nothing);
  });

  test('variables come from flags over files over the service', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'topsail-run-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const file = join(folder, 'run.env');
    await writeFile(file, 'GIVEN=env-file\nOTHER="${FROM_HERE}"\n');
    const flags = ['--rm', '--no-deps', '--env-from-file', file, '-e', 'FROM_HERE', '-e', 'NOWHERE'];
    const script = 'echo $FROM_FILE $GIVEN $OTHER $FROM_HERE; env | grep -c NOWHERE; true';
    expect((await scenario.succeed('run', ...flags, 'tool', 'sh', '-c', script)).stdout).toBe(
      'file env-file here here\n0\n',
    );
    const over = await scenario.succeed('run', ...flags, '-e', 'GIVEN=flag', 'tool', 'sh', '-c', 'echo $GIVEN');
    expect(over.stdout).toBe('flag\n');
  });

  test('command line, user, directory and volumes are those of the flags', async () => {
    const run = async (...words: readonly string[]): Promise<string> =>
      (await scenario.succeed('run', '--rm', '--no-deps', ...words)).stdout;
    expect(await run('task')).toBe('entrypoint command\n');
    expect(await run('task', 'other')).toBe('entrypoint other\n');
    expect(await run('--entrypoint', 'echo "one two"', 'task')).toBe('one two\n');
    const shell = ['--entrypoint', 'sh -c', '-u', '1234', '-w', '/tmp', '-v', './compose.yaml:/given:ro', 'task'];
    expect(await run(...shell, 'echo $(id -u) $(pwd); head -1 /given')).toBe('1234 /tmp\nservices:\n');
  });

  test('-d prints the id; ports and aliases come when they are asked for', async () => {
    const { stdout } = await scenario.succeed('run', '-d', '--rm', '--no-deps', '-P', '--use-aliases', 'tool');
    expect(stdout).toMatch(/^[0-9a-f]{64}\n$/);
    const inspect = await readEngine<OneOffInspect>(`/containers/${stdout.trim()}/json`);
    expect(inspect.HostConfig.PortBindings).toHaveProperty(['80/tcp']);
    expect(Object.values(inspect.NetworkSettings.Networks)[0]?.Aliases).toContain('tool');
    expect((await scenario.succeed('exec', 'tool', 'hostname')).stdout.trim()).toBe(stdout.slice(0, 12));
    const refused = await scenario.run('run', '-P', '-p', '8080:80', 'tool');
    expect(refused).toMatchObject({ exitCode: 1, stderr: '--service-ports and --publish are incompatible\n' });
  });

  test('what cannot start is told with the service, and goes again with --rm', async () => {
    const { exitCode, stderr } = await scenario.run('run', '--rm', '--entrypoint', 'no-such-program', 'task');
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/service "task" could not be started: .*no-such-program/);
    expect(await scenario.containers()).toEqual([]);
  });

  test('what is piped in arrives with its end, and nothing of 8 MiB back is lost', async () => {
    const words = [launcher, 'run', '--rm', '--no-deps', '--entrypoint', 'cat', 'task'];
    const input = `${'0123456789abcde\n'.repeat(1 << 19)}end\n`;
    const { directory: cwd, environment } = scenario;
    const { exitCode, stdout } = await runAny(process.execPath, words, { directory: cwd, environment, input });
    expect(exitCode).toBe(0);
    expect(stdout === input).toBe(true);
  });

  test('signals go to the container, whose exit code counts', async () => {
    const script = 'trap "echo caught; exit 5" TERM; echo ready; sleep 100 & wait';
    const running = scenario.start('run', '--rm', '--no-deps', '--entrypoint', 'sh', 'task', '-c', script);
    await running.until('stdout', /ready/);
    running.signal('SIGTERM');
    expect(await running.ended).toMatchObject({ exitCode: 5, stdout: 'ready\ncaught\n' });
  });

  test('on a terminal it has one, and the detach keys leave the container', async (context) => {
    await needTerminal(context);
    const script = `${untilSized}; echo ready; sleep 1000`;
    const words = ['run', '--no-deps', '--name', `${scenario.project}-kept`, 'tool', 'sh', '-c', script];
    const terminal = startOnTerminal(scenario, ...words);
    await terminal.until(/ready/);
    terminal.type('\x10\x11');
    const { exitCode, settings } = await terminal.ended;
    expect(exitCode).toBe(0);
    expect(settings).toMatch(/ echo .* opost | opost .* echo /);
    const [kept] = await scenario.containers();
    expect(kept).toMatchObject({ Names: [`/${scenario.project}-kept`], State: 'running' });
  });
});
