import { expect, test } from 'vitest';
import { recordCalls } from '../harness/recording-proxy.ts';
import { openScenario } from '../harness/scenario.ts';

test('a chain of ten comes up in order; up, plan, ps and graph then write nothing', async () => {
  const proxy = await recordCalls();
  const scenario = openScenario(import.meta.dirname, { DOCKER_HOST: proxy.address });
  await scenario.succeed('up', '-d');
  const starts = await Promise.all(
    Array.from({ length: 10 }, async (_, index) => (await scenario.inspect(`s${String(index)}`)).State.StartedAt),
  );
  expect(starts).toEqual(starts.toSorted());

  for (const words of [['up', '-d'], ['plan'], ['ps', '-a'], ['graph'], ['logs']]) {
    proxy.forget();
    await scenario.succeed(...words);
    expect({ words, writes: proxy.writes() }).toEqual({ words, writes: [] });
  }
});

test('a plan of everything writes nothing', async () => {
  const proxy = await recordCalls();
  const scenario = openScenario(import.meta.dirname, { DOCKER_HOST: proxy.address });
  expect((await scenario.run('plan', '--json')).exitCode).toBe(2);
  expect(proxy.writes()).toEqual([]);
});
