import { expect, test } from 'vitest';
import { openScenario } from '../harness/scenario.ts';

test('Ctrl-C during up -d exits 130, and down leaves nothing', async () => {
  const scenario = openScenario(import.meta.dirname);
  const up = scenario.start('up', '-d');
  await up.until('stderr', /Container \S+-slow-1 +Started/);
  up.signal('SIGINT');
  expect((await up.ended).exitCode).toBe(130);

  await scenario.succeed('down', '-v');
  expect(await scenario.leftovers()).toEqual({ containers: [], networks: [], volumes: [] });
});

test('Ctrl-C in an attached up stops the containers and exits 130', async () => {
  const scenario = openScenario(import.meta.dirname);
  const up = scenario.start('up', 'web');
  await up.until('stdout', /web-1 +\| hello/);
  up.signal('SIGINT');
  const { exitCode, stdout } = await up.ended;
  expect(exitCode).toBe(130);
  expect(stdout).toMatch(/web-1 +\| bye/);
  expect((await scenario.inspect('web')).State).toMatchObject({ Status: 'exited', ExitCode: 0 });
});

test('a killed up leaves a state that down clears and the next up goes on from', async () => {
  const scenario = openScenario(import.meta.dirname);
  const up = scenario.start('up', '-d');
  await up.until('stderr', /Container \S+-web-1 +Created/);
  up.signal('SIGKILL');
  await up.ended;

  await scenario.succeed('up', '-d', 'web');
  expect((await scenario.inspect('web')).State.Status).toBe('running');
  await scenario.succeed('down', '-v', '--remove-orphans');
  expect(await scenario.leftovers()).toEqual({ containers: [], networks: [], volumes: [] });
});
