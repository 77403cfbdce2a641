import { expect, test } from 'vitest';
import { callEngine } from '../harness/engine-api.ts';
import { makeForeignContainer } from '../harness/foreign-container.ts';
import { readInContainer } from '../harness/read-in-container.ts';
import { openScenario, type Scenario } from '../harness/scenario.ts';

async function ids(scenario: Scenario): Promise<ReadonlyMap<string, string>> {
  const containers = await scenario.containers();
  return new Map(containers.map(({ Id, Labels }) => [Labels['com.docker.compose.service'] ?? '', Id]));
}

/** A container of a service that the file does not know. */
const makeOrphan = ({ project }: Scenario): Promise<string> =>
  makeForeignContainer(`${project}-old-1`, {
    Cmd: ['sleep', '1000'],
    StopSignal: 'SIGKILL',
    Labels: {
      'com.docker.compose.project': project,
      'com.docker.compose.service': 'old',
      'com.docker.compose.container-number': '1',
      'com.docker.compose.oneoff': 'False',
      'com.docker.compose.config-hash': 'x',
    },
  });

test('up and plan: dependencies are recreated when told so, orphans removed, and quiet flags change nothing', async () => {
  const scenario = openScenario(import.meta.dirname);
  await scenario.succeed('up', '-d', '--pull', 'missing');
  const first = await ids(scenario);
  await scenario.succeed('up', '-d', '--quiet-pull', '--quiet-build', '--yes', '--menu=false', '--pull', 'never');
  expect(await ids(scenario)).toEqual(first);
  await makeOrphan(scenario);
  const planned = await scenario.run(
    'plan',
    '--always-recreate-deps',
    '--remove-orphans',
    '--pull',
    'never',
    '--wait',
    'web',
  );
  expect(planned.exitCode).toBe(2);
  expect(planned.stdout).toMatch(/db[^]*old/);
  await scenario.succeed('up', '-d', '--always-recreate-deps', '--remove-orphans', 'web');
  const second = await ids(scenario);
  expect([...second.keys()].toSorted()).toEqual(['db', 'web']);
  expect(second.get('db')).not.toBe(first.get('db'));
  expect((await scenario.succeed('ps', '--no-orphans', '--services')).stdout).toBe('db\nweb\n');
});

test('an attached up shows the services that were chosen', async () => {
  const scenario = openScenario(import.meta.dirname);
  await scenario.succeed('up', '-d');
  const attached = async (...words: readonly string[]): Promise<string> => {
    const running = scenario.start('up', '--timeout', '0', ...words);
    await running.until('stdout', /Attaching to .*\n/);
    running.signal('SIGINT');
    return (await running.ended).stdout.split('\n')[0] ?? '';
  };
  expect(await attached('--attach', 'web')).toBe('Attaching to web-1');
  expect(await attached('--no-attach', 'web')).toBe('Attaching to db-1');
  expect(await attached('web')).toBe('Attaching to web-1');
  expect(await attached('--attach-dependencies', 'web')).toBe('Attaching to db-1, web-1');
});

test('the first failure of a container ends an attached up with its code when told so', async () => {
  const scenario = openScenario(import.meta.dirname, { COMPOSE_PROFILES: 'jobs' });
  expect((await scenario.run('up', '--abort-on-container-failure', '-t', '0')).exitCode).toBe(7);
});

test('create with all its flags starts nothing', async () => {
  const scenario = openScenario(import.meta.dirname);
  const quiet = ['--quiet-pull', '--quiet-build', '--yes', '--pull', 'missing'];
  await scenario.succeed('create', ...quiet);
  const first = await ids(scenario);
  await makeOrphan(scenario);
  await scenario.succeed('create', '--no-recreate', '--remove-orphans');
  expect(await ids(scenario)).toEqual(first);
  await scenario.succeed('create', '--force-recreate');
  const second = await ids(scenario);
  expect(second.get('web')).not.toBe(first.get('web'));
  expect((await scenario.containers()).every(({ State }) => State === 'created')).toBe(true);
});

test('restart with a grace period, kill with a signal and of orphans, rm with its old flag', async () => {
  const scenario = openScenario(import.meta.dirname);
  await scenario.succeed('up', '-d');
  const before = (await scenario.inspect('db')).State.StartedAt;
  await scenario.succeed('restart', '--timeout', '0', 'db');
  expect((await scenario.inspect('db')).State.StartedAt).not.toBe(before);
  await callEngine('POST', `/containers/${await makeOrphan(scenario)}/start`);
  await scenario.succeed('kill', '--signal', 'SIGKILL', 'db');
  expect((await scenario.inspect('db')).State.ExitCode).toBe(137);
  await scenario.succeed('kill', '--remove-orphans');
  expect((await scenario.containers()).map(({ State }) => State)).toEqual(['exited', 'exited', 'exited']);
  await scenario.succeed('rm', '--force', '--all', 'db', 'web');
  expect([...(await ids(scenario)).keys()]).toEqual(['old']);
});

test('run, cp and exec: capabilities, volumes and labels under both spellings, input and terminal', async () => {
  const scenario = openScenario(import.meta.dirname);
  const { stdout } = await scenario.succeed(
    'run',
    '--detach',
    '--no-deps',
    '--interactive=false',
    '--no-TTY',
    '--quiet-pull',
    '--quiet-build',
    '--pull',
    'missing',
    '--cap-add',
    'SYS_NICE',
    '--cap-drop',
    'CHOWN',
    '--labels',
    'com.example.a=1',
    '--volumes',
    '/extra',
    'web',
    'sleep',
    '1000',
  );
  const [container] = await scenario.containers();
  expect(stdout.trim()).toBe(container?.Id);
  expect(container?.Labels['com.example.a']).toBe('1');
  expect(container?.Mounts.map(({ Destination }) => Destination)).toEqual(['/extra']);
  const status = await readInContainer(container?.Id ?? '', ['grep', 'CapBnd', '/proc/1/status']);
  const bounding = BigInt(`0x${/CapBnd:\s*([0-9a-f]+)/.exec(status)?.[1] ?? '0'}`);
  expect([(bounding >> 23n) & 1n, bounding & 1n]).toEqual([1n, 0n]);
  await scenario.succeed('cp', '--all', 'compose.yaml', 'web:/copied');
  expect(await readInContainer(container?.Id ?? '', ['cat', '/copied'])).toContain('says hello');
  await scenario.succeed('up', '-d', 'db');
  const said = await scenario.succeed('exec', '--no-TTY', '--interactive=false', 'db', 'echo', 'inside');
  expect(said.stdout).toBe('inside\n');
});

test('flags of build are taken where there is nothing to build', async () => {
  const scenario = openScenario(import.meta.dirname);
  const { stderr } = await scenario.succeed(
    'build',
    ...['--parallel', '--compress', '--force-rm', '--no-rm', '--with-dependencies', '--push'],
    ...['--memory', '1g', '--provenance', 'false', '--sbom', 'false', '--ssh=default', '--builder', 'default'],
  );
  expect(stderr).toBe('No services to build\n');
});
