import { expect, test } from 'vitest';
import { nothing } from '../harness/nothing.ts';
import { openScenario } from '../harness/scenario.ts';

const atOnce = 5;

test('several ups at once make one project and all succeed; several downs at once leave nothing', async () => {
  const scenario = openScenario(import.meta.dirname);
  const all = (...words: readonly string[]): Promise<readonly unknown[]> =>
    Promise.all(
      Array.from({ length: atOnce }, async () => {
        const { exitCode, stderr } = await scenario.run(...words);
        return exitCode === 0 ? 0 : stderr;
      }),
    );
  const zeros = Array<number>(atOnce).fill(0);
  expect(await all('up', '-d')).toEqual(zeros);
  const found = await scenario.leftovers();
  const own = (names: readonly string[]): string[] => names.map((name) => `${scenario.project}${name}`);
  expect(found.containers).toEqual(own(['-db-1', '-job-1', '-web-1', '-web-2']).map((name) => `/${name}`));
  expect(found.networks).toEqual(own(['_back', '_front']));
  expect(found.volumes).toEqual(expect.arrayContaining(own(['_data', '_files'])));

  expect(await all('down', '-v')).toEqual(zeros);
  expect(await scenario.leftovers()).toEqual(nothing);
});
