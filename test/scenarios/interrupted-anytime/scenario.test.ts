import { expect, test } from 'vitest';
import { nothing } from '../harness/nothing.ts';
import { openScenario } from '../harness/scenario.ts';

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
