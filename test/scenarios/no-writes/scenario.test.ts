import { expect, test } from 'vitest';
import { recordCalls } from '../harness/recording-proxy.ts';
import { openScenario } from '../harness/scenario.ts';

test('a second up writes nothing to the engine', async () => {
  const proxy = await recordCalls();
  const scenario = openScenario(import.meta.dirname, { DOCKER_HOST: proxy.address });
  await scenario.succeed('up', '-d');
  expect(proxy.writes().length).toBeGreaterThan(0);
  const before = (await scenario.containers()).map(({ Id }) => Id);

  proxy.forget();
  await scenario.succeed('up', '-d');
  expect(proxy.writes()).toEqual([]);
  expect((await scenario.containers()).map(({ Id }) => Id)).toEqual(before);
});

test('plan exits 2 when there is something to do and 0 when there is not, and never writes', async () => {
  const proxy = await recordCalls();
  const scenario = openScenario(import.meta.dirname, { DOCKER_HOST: proxy.address });
  const pending = await scenario.run('plan');
  expect(pending.exitCode).toBe(2);
  expect(pending.stdout).toContain('container:web:1');
  expect(proxy.writes()).toEqual([]);

  await scenario.succeed('up', '-d');
  proxy.forget();
  expect((await scenario.run('plan')).exitCode).toBe(0);
  expect(proxy.writes()).toEqual([]);
});

test('plan names the field that makes a recreate necessary, and hides its value', async () => {
  const scenario = openScenario(import.meta.dirname);
  await scenario.succeed('up', '-d');
  const changed = openScenario(import.meta.dirname, {
    GREETING: 'secret-word',
    COMPOSE_PROJECT_NAME: scenario.project,
  });
  const { exitCode, stdout } = await changed.run('plan');
  expect(exitCode).toBe(2);
  expect(stdout).toContain('environment.GREETING');
  expect(stdout).not.toContain('secret-word');
  expect((await changed.run('plan', '--show-values')).stdout).toContain('secret-word');
});
