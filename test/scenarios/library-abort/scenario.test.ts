import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { runAny } from '../harness/any-command.ts';
import { nothing } from '../harness/nothing.ts';
import { openScenario, type Scenario } from '../harness/scenario.ts';

const program = fileURLToPath(new URL('./drive.mjs', import.meta.url));

/** Runs the program with an empty PATH until it ends by itself; what it says. */
async function drive(scenario: Scenario, what: string): Promise<Record<string, unknown>> {
  const { exitCode, stdout, stderr } = await runAny(process.execPath, [program, scenario.project, what], {
    directory: '/',
    environment: {
      PATH: '',
      DOCKER_HOST: process.env['DOCKER_HOST'],
      TOPSAIL_TEST_BUSYBOX: scenario.environment['TOPSAIL_TEST_BUSYBOX'],
    },
  });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return JSON.parse(stdout) as Record<string, unknown>;
}

test('an up that is aborted rejects with the reason, and the process ends by itself', async () => {
  const scenario = openScenario(import.meta.dirname);
  const { message } = await drive(scenario, 'reason');
  expect(message).toContain('the caller had enough');
  expect((await scenario.inspect('web')).State.Status).toBe('created');
  await scenario.succeed('down');
  expect(await scenario.leftovers()).toEqual(nothing);
});

test('an abort without a reason rejects with an AbortError or a typed error', async () => {
  const scenario = openScenario(import.meta.dirname);
  const { message } = await drive(scenario, 'plain');
  expect(message).toMatch(/abort|interrupt/i);
});

test('followed logs end with the signal or with the loop, and hold nothing open', async () => {
  const scenario = openScenario(import.meta.dirname);
  await scenario.succeed('up', '-d', 'db');
  for (const what of ['followed', 'left'])
    expect(await drive(scenario, what)).toMatchObject({ lines: expect.arrayContaining(['ready']) });
});
