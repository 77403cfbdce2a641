import { expect, test } from 'vitest';
import { openScenario } from '../harness/scenario.ts';

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  test(`${signal} in an attached up stops the containers gracefully, dependents first, and exits 130`, async () => {
    const scenario = openScenario(import.meta.dirname);
    const up = scenario.start('up');
    await Promise.all([up.until('stdout', /polite-1 +\| hello/), up.until('stdout', /base-1 +\| first/)]);
    up.signal(signal);
    const { exitCode, stdout } = await up.ended;
    expect(exitCode).toBe(130);
    expect(stdout).toMatch(/polite-1 +\| bye[\s\S]*base-1 +\| last/);
    const [polite, base] = await Promise.all([scenario.inspect('polite'), scenario.inspect('base')]);
    expect([polite.State.ExitCode, base.State.ExitCode]).toEqual([0, 0]);
    expect(polite.State.FinishedAt <= base.State.FinishedAt).toBe(true);
  });

test('a second Ctrl-C kills a container that does not stop', async () => {
  const scenario = openScenario(import.meta.dirname);
  const up = scenario.start('up', 'stubborn');
  await up.until('stdout', /stubborn-1 +\| never/);
  up.signal('SIGINT');
  await up.until('stderr', /Stopping/);
  up.signal('SIGINT');
  const { exitCode } = await up.ended;
  expect(exitCode).toBe(130);
  expect((await scenario.inspect('stubborn')).State).toMatchObject({ Status: 'exited', ExitCode: 137 });
});

test('-t shortens the grace period of an attached up', async () => {
  const scenario = openScenario(import.meta.dirname);
  const up = scenario.start('up', '-t', '1', 'stubborn');
  await up.until('stdout', /stubborn-1 +\| never/);
  up.signal('SIGINT');
  expect((await up.ended).exitCode).toBe(130);
  expect((await scenario.inspect('stubborn')).State).toMatchObject({ Status: 'exited', ExitCode: 137 });
});

test('SIGTERM during up -d exits like Ctrl-C', async () => {
  const scenario = openScenario(import.meta.dirname);
  const up = scenario.start('up', '-d');
  await up.until('stderr', /Container \S+ +Creating/);
  up.signal('SIGTERM');
  expect((await up.ended).exitCode).toBe(130);
});

test('a signal while down waits for a container ends it, and the next down finishes', async () => {
  const scenario = openScenario(import.meta.dirname);
  await scenario.succeed('up', '-d', 'stubborn');
  const down = scenario.start('--profile', 'stubborn', 'down');
  await down.until('stderr', /Container \S+-stubborn-1 +Stopping/);
  down.signal('SIGINT');
  expect((await down.ended).exitCode).toBe(130);
  await scenario.succeed('--profile', 'stubborn', 'down', '-t', '0');
  expect(await scenario.containers()).toEqual([]);
});
