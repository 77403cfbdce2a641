import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { runAny } from '../harness/any-command.ts';
import { copiesOf, labelled, removeCopiesLater } from '../harness/copies.ts';
import { isFullScale, scaleTimeout } from '../harness/scale.ts';
import { openScenario } from '../harness/scenario.ts';
import { seededRandom } from '../harness/seeded-random.ts';

const program = fileURLToPath(new URL('./drive.mjs', import.meta.url));

const rounds = isFullScale ? 50 : 6;

test(`an up that is aborted at ${String(rounds)} random moments leaves no resource, no open handle and no unhandled rejection`, {
  timeout: scaleTimeout,
}, async () => {
  const scenario = openScenario(import.meta.dirname);
  removeCopiesLater(scenario.project);
  const random = seededRandom(11);
  // Most aborts fall into a start, which takes a second or two; the first comes before anything, the last too late.
  const moments = [0, ...Array.from({ length: rounds - 2 }, () => Math.floor(random() * 2500)), 60_000];
  const words = [program, join(import.meta.dirname, 'compose.yaml'), scenario.project, ...moments.map(String)];
  const { exitCode, stdout, stderr } = await runAny(process.execPath, words, {
    directory: '/',
    environment: { ...scenario.environment, TOPSAIL_NO_SWEEP: '1' },
  });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  const ends = JSON.parse(stdout) as readonly string[];
  expect(ends).toHaveLength(rounds);
  expect(ends[0]).toBe('aborted');
  expect(new Set(ends)).toEqual(new Set(['aborted', 'up']));
  expect(await copiesOf(scenario.project)).toEqual([]);
  expect((await labelled('dev.topsail.lease')).filter((name) => name.includes(scenario.project))).toEqual([]);
});
