import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { type MortalEngine, startMortalEngine } from '../harness/cut-proxy.ts';
import { failureReport } from '../harness/failure-report.ts';
import { openScenario } from '../harness/scenario.ts';
import type { TopsailProcess } from '../harness/topsail-process.ts';

const moments: readonly [string, RegExp][] = [
  ['while a health check is waited for', /Container \S+-slow-1 +Waiting/],
  ['while containers are made', /Container \S+ +Creating/],
];

for (const [when, pattern] of moments)
  test(`an engine that dies ${when} ends up within seconds, naming what was not done`, async () => {
    const engine = await startMortalEngine();
    const scenario = openScenario(import.meta.dirname, { DOCKER_HOST: engine.address });
    // What the engine was asked for before it was cut off it still does: removed once it has had time to.
    onTestFinished(async () => {
      await pause(1000);
      await scenario.remove();
    });
    const up = scenario.start('up', '-d');
    await up.until('stderr', pattern);
    const begin = performance.now();
    engine.die();
    const { first, details } = failureReport(await up.ended);
    expect(performance.now() - begin).toBeLessThan(15_000);
    expect(first).toMatch(/the engine at \S+ stopped answering at \S+ container:(slow|quick|web):1/);
    expect(details).toMatch(/done: .*network:default/);
    expect(details).toMatch(/not done: .*start container:web:1/);
  });

test('an attached up ends too when the engine dies', async () => {
  const engine = await startMortalEngine();
  const scenario = openScenario(import.meta.dirname, { DOCKER_HOST: engine.address });
  const up = scenario.start('up', 'quick');
  await up.until('stdout', /Attaching to quick-1/);
  const begin = performance.now();
  engine.die();
  const { first } = failureReport(await up.ended);
  expect(first).toMatch(/engine|connection/i);
  expect(performance.now() - begin).toBeLessThan(20_000);
});

test('whatever talks with a container ends too when the engine dies, and so says', async () => {
  const engine = await startMortalEngine();
  const scenario = openScenario(import.meta.dirname, { DOCKER_HOST: engine.address });
  await scenario.succeed('up', '-d', 'quick');
  const script = ['sh', '-c', 'echo ready; sleep 1000'];
  const talking = [
    scenario.start('exec', 'quick', ...script),
    scenario.start('run', '--rm', 'quick', ...script),
    scenario.start('events'),
  ];
  const [exec, run] = talking;
  await Promise.all([exec?.until('stdout', /ready/), run?.until('stdout', /ready/)]);
  const begin = performance.now();
  engine.die();
  for (const { ended } of talking) expect(failureReport(await ended).first).toMatch(/engine/);
  expect(performance.now() - begin).toBeLessThan(15_000);
});

test('an engine that falls silent keeps neither --wait-timeout nor Ctrl-C from ending an up', async () => {
  const engines = await Promise.all([startMortalEngine(), startMortalEngine()]);
  const start = (engine: MortalEngine, ...words: readonly string[]): TopsailProcess =>
    openScenario(import.meta.dirname, { DOCKER_HOST: engine.address }).start('up', '--wait', ...words);
  const limited = start(engines[0], '--wait-timeout', '4');
  const patient = start(engines[1]);
  await Promise.all([limited, patient].map((up) => up.until('stderr', /Container \S+-slow-1 +Waiting/)));
  for (const engine of engines) engine.freeze();
  const begin = performance.now();
  patient.signal('SIGINT');
  expect((await patient.ended).exitCode).toBe(130);
  expect((await limited.ended).exitCode).toBe(1);
  expect(limited.stderr).toMatch(/"slow"/);
  expect(performance.now() - begin).toBeLessThan(20_000);
});
