import { expect, test } from 'vitest';
import { readEngine } from '../harness/engine-api.ts';
import { openBuildScenario, projectImages } from '../harness/project-images.ts';
import type { Scenario } from '../harness/scenario.ts';

const services = async (scenario: Scenario): Promise<readonly string[]> =>
  (await projectImages(scenario)).map(({ Labels }) => Labels['com.docker.compose.service'] ?? '').toSorted();

const opened = (environment?: Readonly<Record<string, string>>): Scenario =>
  openBuildScenario(import.meta.dirname, environment);

async function readFile(scenario: Scenario, service: string, path: string): Promise<string> {
  return (await scenario.succeed('run', '--rm', '--no-deps', '-T', service, 'cat', path)).stdout;
}

test('a Dockerfile outside of the context brings its own list of what is left out, but to the classic builder', async () => {
  const scenario = opened();
  await scenario.succeed('build', 'outside');
  expect(await readFile(scenario, 'outside', '/list')).toBe('in.txt\n');
  const classic = opened({ DOCKER_BUILDKIT: '0' });
  await classic.succeed('build', 'outside');
  expect(await readFile(classic, 'outside', '/list')).toBe('in.txt\nout.txt\n');
});

test('an argument without a value on the command line has that of the environment, else the one of the file', async () => {
  const scenario = opened({ WORD: 'environment' });
  await scenario.succeed('build', '--build-arg', 'WORD', '--build-arg', 'NOWHERE', 'outside');
  expect(await readFile(scenario, 'outside', '/word')).toBe('environment\n');
  await scenario.succeed('build', '--build-arg', 'NOWHERE', 'outside');
  expect(await readFile(scenario, 'outside', '/word')).toBe('file\n');
});

test('a named service is built without what it depends on, unless that is asked for', async () => {
  const scenario = opened({ NAMED: `topsail-named-${String(process.pid)}` });
  await scenario.succeed('build', 'depending');
  expect(await services(scenario)).toEqual(['depending']);
  await scenario.succeed('build', '--with-dependencies', 'depending');
  expect(await services(scenario)).toEqual(['depending', 'outside']);
});

test('a service whose build is a context of a named one is built with it, or refused by a builder too old for it', async () => {
  const { ApiVersion } = await readEngine<{ readonly ApiVersion: string }>('/version');
  const scenario = opened();
  if (Number(ApiVersion.split('.')[1]) < 42) {
    const { exitCode, stderr } = await scenario.run('build', 'taker');
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^service "taker" cannot be built: additional_contexts are not known/m);
    return;
  }
  await scenario.succeed('build', 'taker');
  expect(await services(scenario)).toEqual(['outside', 'taker']);
});

test('a build that fails leaves the others be, and the next one takes up from there', async () => {
  const variables = { NAMED: `topsail-named-${String(process.pid)}`, MARK: String(Date.now()) };
  const scenario = opened({ ...variables, COMPOSE_PROFILES: 'broken' });
  const { exitCode, stderr } = await scenario.run('build', 'broken', 'depending');
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/^service "broken" could not be built: .*exit code: 5$/m);
  expect(stderr.match(/^service "/gm)).toHaveLength(1);
  expect(await services(scenario)).toEqual(['depending']);
  await scenario.succeed('build', 'depending');
});

test('only what has a name of its own is pushed, and a push that fails may be a warning', async () => {
  const scenario = opened({ NAMED: 'localhost:1/topsail/named' });
  await scenario.succeed('build', '-q', 'depending', 'outside');
  const failed = await scenario.run('push', '--include-deps', 'depending');
  expect(failed.exitCode).toBe(1);
  expect(failed.stderr).toContain('outside Skipped');
  expect(failed.stderr).toMatch(/^service "depending" could not push localhost:1\/topsail\/named: /m);
  const ignored = await scenario.succeed('push', '--ignore-push-failures', 'depending');
  expect(ignored.stderr).toContain('warning: service "depending" could not push localhost:1/topsail/named');
});
