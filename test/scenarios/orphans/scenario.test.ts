import { expect, test } from 'vitest';
import { nothing } from '../harness/nothing.ts';
import { openScenario } from '../harness/scenario.ts';

test('a container whose service is gone from the file is warned of, kept by default and removed on request', async () => {
  const scenario = openScenario(import.meta.dirname);
  await scenario.succeed('up', '-d');
  const later = ['-f', 'later.yaml'];
  const warned = await scenario.succeed(...later, 'up', '-d');
  expect(warned.stderr).toMatch(/warning: .*orphan.*-old-1.*--remove-orphans/);
  expect(await scenario.containers()).toHaveLength(2);
  expect((await scenario.succeed(...later, 'ps', '--format', '{{.Name}}')).stdout).toContain('-old-1');

  const removed = await scenario.succeed(...later, 'up', '-d', '--remove-orphans');
  expect(removed.stderr).not.toContain('warning');
  expect((await scenario.containers()).map(({ Names }) => Names[0])).toEqual([`/${scenario.project}-web-1`]);
});

test('COMPOSE_IGNORE_ORPHANS silences the warning', async () => {
  const scenario = openScenario(import.meta.dirname, { COMPOSE_IGNORE_ORPHANS: '1' });
  await scenario.succeed('up', '-d');
  expect((await scenario.succeed('-f', 'later.yaml', 'up', '-d')).stderr).not.toContain('warning');
});

test('down keeps them, says so and names the network they hold; --remove-orphans takes all', async () => {
  const scenario = openScenario(import.meta.dirname);
  await scenario.succeed('up', '-d');
  const later = ['-f', 'later.yaml'];
  const { stderr } = await scenario.succeed(...later, 'down');
  expect(stderr).toMatch(/warning: .*-old-1.*--remove-orphans/);
  expect(stderr).toMatch(/network \S+_default stays.*-old-1/);
  expect((await scenario.succeed(...later, 'down')).stderr).toMatch(/-old-1/);
  await scenario.succeed(...later, 'down', '--remove-orphans');
  expect(await scenario.leftovers()).toEqual(nothing);
});
