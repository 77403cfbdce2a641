import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { nothing } from '../harness/nothing.ts';
import { openScenario } from '../harness/scenario.ts';
import { seededRandom } from '../harness/seeded-random.ts';

const rounds = process.env['TOPSAIL_LONG'] === '1' ? 20 : 6;
const seed = Number(process.env['TOPSAIL_SEED'] ?? 20260);
/** Rounds at a time: each mostly rests. */
const atOnce = 3;

/** How long an `up` that nobody kills takes here and now, in milliseconds. */
async function undisturbed(): Promise<number> {
  const scenario = openScenario(import.meta.dirname);
  const begin = performance.now();
  await scenario.succeed('up', '-d');
  return performance.now() - begin;
}

/** Kills an up after so many milliseconds, lets the engine finish what it was asked for, and takes the rest down. */
async function killAfter(milliseconds: number, recreates: boolean): Promise<unknown> {
  const scenario = openScenario(import.meta.dirname, { GREETING: recreates ? 'first' : 'hello' });
  if (recreates) await scenario.succeed('up', '-d');
  const up = scenario.start('up', '-d', ...(recreates ? ['--force-recreate'] : []));
  await pause(milliseconds);
  up.signal('SIGKILL');
  await up.ended;
  await pause(2000);
  const { exitCode, stderr } = await scenario.run('down', '-v');
  return { exitCode, stderr: exitCode === 0 ? '' : stderr, ...(await scenario.leftovers()) };
}

test(`an up killed at any moment (${String(rounds)} rounds, seed ${String(seed)}) leaves nothing that down does not find`, {
  timeout: rounds * 20_000,
}, async () => {
  const random = seededRandom(seed);
  const duration = await undisturbed();
  const moments = Array.from({ length: rounds }, (_, round) => ({
    after: Math.round(random() * duration),
    recreates: round % 3 === 2,
  }));
  const worker = async (): Promise<void> => {
    for (let next = moments.shift(); next !== undefined; next = moments.shift()) {
      const { after, recreates } = next;
      const left = await killAfter(after, recreates);
      expect({ after, recreates, left }).toEqual({
        after,
        recreates,
        left: { exitCode: 0, stderr: '', ...nothing },
      });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
});
