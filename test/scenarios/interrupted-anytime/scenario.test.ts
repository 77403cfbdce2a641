import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { nothing } from '../harness/nothing.ts';
import { recordCalls } from '../harness/recording-proxy.ts';
import { openScenario } from '../harness/scenario.ts';
import { seededRandom } from '../harness/seeded-random.ts';

const rounds = process.env['TOPSAIL_LONG'] === '1' ? 100 : 8;
const seed = Number(process.env['TOPSAIL_SEED'] ?? 130);

const moments: readonly [string, RegExp][] = [
  ['a network is made', /Network \S+ +Creating/],
  ['the first container is made', /Container \S+ +Creating/],
  ['a container starts', /Container \S+-db-1 +Starting/],
  ['a check is waited for', /Container \S+-db-1 +Waiting/],
  ['the job runs', /Container \S+-job-1 +Started/],
];

for (const [when, pattern] of moments)
  test(`Ctrl-C in up -d while ${when} exits 130; the next up completes the project and down leaves nothing`, async () => {
    const scenario = openScenario(import.meta.dirname);
    const up = scenario.start('up', '-d');
    await up.until('stderr', pattern);
    up.signal('SIGINT');
    const { exitCode, stderr } = await up.ended;
    expect(exitCode).toBe(130);
    expect(stderr).not.toMatch(/\n +at /);

    await scenario.succeed('up', '-d');
    const states = (await scenario.containers()).map(
      ({ Labels, State }) => `${String(Labels['com.docker.compose.service'])} ${State}`,
    );
    expect(states.sort()).toEqual(['db running', 'job exited', 'web running', 'web running']);
    await scenario.succeed('down', '-v');
    expect(await scenario.leftovers()).toEqual(nothing);
  });

for (const [when, pattern] of moments.slice(0, 3))
  test(`after Ctrl-C while ${when} nothing appears that a down at once would miss`, async () => {
    const scenario = openScenario(import.meta.dirname);
    const up = scenario.start('up', '-d');
    await up.until('stderr', pattern);
    up.signal('SIGINT');
    expect((await up.ended).exitCode).toBe(130);
    const left = await scenario.leftovers();
    await scenario.succeed('ps', '-a');
    expect(await scenario.leftovers()).toEqual(left);
    await scenario.succeed('down', '-v');
    expect(await scenario.leftovers()).toEqual(nothing);
  });

/** Interrupts an up once it has asked the engine for so many changes, and takes down what there is. */
async function interruptAfter(changes: number, words: readonly string[], twice: boolean): Promise<unknown> {
  const proxy = await recordCalls();
  const scenario = openScenario(import.meta.dirname, { DOCKER_HOST: proxy.address });
  const up = scenario.start('up', ...words);
  await Promise.race([proxy.reached(changes), up.ended]);
  up.signal('SIGINT');
  if (twice) {
    // Apart from each other, or the kernel delivers one.
    await pause(20);
    up.signal('SIGINT');
  }
  const { exitCode, stderr } = await up.ended;
  const down = await scenario.run('down', '-v');
  return { exitCode, trace: /\n +at /.test(stderr), down: down.exitCode, ...(await scenario.leftovers()) };
}

/** The changes that an up asks for which nobody interrupts. */
async function changesOfUp(): Promise<number> {
  const proxy = await recordCalls();
  await openScenario(import.meta.dirname, { DOCKER_HOST: proxy.address }).succeed('up', '-d');
  return proxy.changes().length;
}

test(`up ends with 130 by a Ctrl-C between its first and its last change (${String(rounds)} rounds, seed ${String(seed)}), with what down finds`, async () => {
  const random = seededRandom(seed);
  const changes = await changesOfUp();
  for (let round = 0; round < rounds; round += 1) {
    const after = 1 + Math.floor(random() * (changes - 1));
    const words = round % 2 === 0 ? ['-d'] : [];
    const twice = random() < 0.5;
    const left = await interruptAfter(after, words, twice);
    expect({ after, words, twice, left }).toEqual({
      after,
      words,
      twice,
      left: { exitCode: 130, trace: false, down: 0, ...nothing },
    });
  }
});
