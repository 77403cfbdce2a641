import { expect, test } from 'vitest';
import { openScenario } from '../harness/scenario.ts';

test('a job that exits 0 is a success, also under --wait and without a dependent', async () => {
  const scenario = openScenario(import.meta.dirname);
  await scenario.succeed('up', '--wait');
  expect((await scenario.inspect('job')).State).toMatchObject({ Status: 'exited', ExitCode: 0 });
});

test('a job that exits 0 lets its dependent start', async () => {
  const scenario = openScenario(import.meta.dirname);
  await scenario.succeed('--profile', 'dependent', 'up', '-d');
  const [job, web] = await Promise.all([scenario.inspect('job'), scenario.inspect('web')]);
  expect(web.State.Status).toBe('running');
  expect(web.State.StartedAt > job.State.FinishedAt).toBe(true);
});

test('a job that exits 3 fails up --wait, which names it and the code', async () => {
  const scenario = openScenario(import.meta.dirname, { JOB_EXIT: '3' });
  const { exitCode, stderr } = await scenario.run('up', '--wait');
  expect(exitCode).toBe(1);
  expect(firstError(stderr)).toMatch(/\bjob\b.*\b3\b/);
});

test('a job that exits 3 keeps its dependent from starting, and the report says so', async () => {
  const scenario = openScenario(import.meta.dirname, { JOB_EXIT: '3' });
  const { exitCode, stderr } = await scenario.run('--profile', 'dependent', 'up', '-d');
  expect(exitCode).toBe(1);
  expect(firstError(stderr)).toMatch(/\bjob\b.*\b3\b/);
  expect(stderr).toContain('migrating');
  expect(stderr).toMatch(/web/);
  expect((await scenario.inspect('web')).State.Status).toBe('created');
});

test('an attached up ends with the job, and fails if the job does', async () => {
  const good = openScenario(import.meta.dirname);
  const success = await good.run('up');
  expect([success.exitCode, success.stdout]).toEqual([
    0,
    'Attaching to job-1\njob-1  | migrating\njob-1 exited with code 0\n',
  ]);
  const bad = openScenario(import.meta.dirname, { JOB_EXIT: '3' });
  const failure = await bad.run('up');
  expect(failure.exitCode).toBe(1);
  expect(failure.stdout).toContain('job-1 exited with code 3');
  expect(firstError(failure.stderr)).toMatch(/\bjob\b.*\b3\b/);
});

/** The first line that is neither progress nor its summary. */
function firstError(stderr: string): string {
  return stderr.split('\n').find((line) => line !== '' && !/^ |^topsail-[\w-]+: /.test(line)) ?? '';
}
