import { expect, test } from 'vitest';
import { engineKind } from '../harness/engine-kind.ts';
import { openScenario } from '../harness/scenario.ts';

test('a port, an HTTP status and a line of output each hold a dependent back until they are there', async () => {
  const scenario = openScenario(import.meta.dirname);
  await scenario.succeed('up', '-d');
  const [web, ...probed] = await Promise.all(['web', 'tcp', 'http', 'log'].map((name) => scenario.inspect(name)));
  for (const { State: state } of probed) {
    expect(Date.parse(web?.State.StartedAt ?? '') - Date.parse(state.StartedAt)).toBeGreaterThanOrEqual(700);
  }
});

test('--wait waits for them too, also when they run already; nothing is changed then', async () => {
  const scenario = openScenario(import.meta.dirname);
  await scenario.succeed('up', '--wait', 'tcp', 'log');
  const before = await scenario.inspect('tcp');
  await scenario.succeed('up', '--wait', 'tcp', 'log');
  expect((await scenario.inspect('tcp')).State).toEqual(before.State);
});

test('a port that is not published is reached at the address of its container, or it is said that there is no way', async () => {
  const scenario = openScenario(import.meta.dirname);
  if ((await engineKind()).rootless) {
    const { stderr } = await scenario.run('--profile', 'local', 'up', '--wait', 'unpublished');
    expect(stderr).toMatch(/port \d+ of container \S+ cannot be reached from here: it is not published/);
    return;
  }
  await scenario.succeed('--profile', 'local', 'up', '--wait', 'unpublished');
  expect((await scenario.inspect('unpublished')).State.Status).toBe('running');
});

test('a service that never takes connections is named when the time is up, with what was tried last', async () => {
  const scenario = openScenario(import.meta.dirname);
  const { exitCode, stderr } = await scenario.run('--profile', 'deaf', 'up', '--wait', '--wait-timeout', '2', 'deaf');
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/service "deaf" timed out/);
  expect(stderr).toMatch(/last probe from outside: .*:\d+: (?:the connection|connection refused)/);
});
