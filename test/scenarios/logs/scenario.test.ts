import { expect, test } from 'vitest';
import { openScenario } from '../harness/scenario.ts';

const allLines = ['a1', 'a2', 'a3', 'b1', 'b2', 'b3'];

test('an attached up shows every line of every service once, in the order of each service', async () => {
  const scenario = openScenario(import.meta.dirname);
  const { exitCode, stdout } = await scenario.run('up');
  expect(exitCode).toBe(0);
  const lines = [...stdout.matchAll(/^(\w)-1  \| (\w+)$/gm)].map((match) => match[2] ?? '');
  expect(lines.toSorted()).toEqual(allLines);
  for (const service of ['a', 'b']) {
    const own = lines.filter((line) => line.startsWith(service));
    expect(own).toEqual(own.toSorted());
  }
  expect(stdout.split('\n')[0]).toBe('Attaching to a-1, b-1');
});

test('logs shows what stopped containers wrote, in the order of time, and what a tail leaves', async () => {
  const scenario = openScenario(import.meta.dirname);
  await scenario.succeed('up', '-d');
  const followed = await scenario.succeed('logs', '-f', '--no-log-prefix');
  expect(followed.stdout.trim().split('\n').toSorted()).toEqual(allLines);
  const timed = await scenario.succeed('logs', '-t', '--no-log-prefix');
  const times = timed.stdout
    .trim()
    .split('\n')
    .map((line) => line.split(' ')[0] ?? '');
  expect(times).toHaveLength(6);
  expect(times).toEqual(times.toSorted());
  const tail = await scenario.succeed('logs', '--tail', '1', 'a');
  expect(tail.stdout).toBe('a-1  | a3\n');
});

test('logs of a project without its file work by name', async () => {
  const scenario = openScenario(import.meta.dirname);
  await scenario.succeed('up');
  const elsewhere = openScenario('/');
  const { stdout } = await elsewhere.succeed('-p', scenario.project, 'logs', '--no-log-prefix', 'b');
  expect(stdout).toBe('b1\nb2\nb3\n');
});
