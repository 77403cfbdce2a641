import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { openScenario } from '../harness/scenario.ts';

const run = promisify(execFile);
const program = fileURLToPath(new URL('./drive.mjs', import.meta.url));

test('a program with an empty PATH loads, plans, starts, lists, reads and removes a project, and nothing is printed for it', async () => {
  const scenario = openScenario(import.meta.dirname);
  const { stdout, stderr } = await run(process.execPath, [program, scenario.project], {
    cwd: '/',
    env: {
      PATH: '',
      DOCKER_HOST: process.env['DOCKER_HOST'],
      TOPSAIL_TEST_BUSYBOX: scenario.environment['TOPSAIL_TEST_BUSYBOX'],
    },
  });
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toEqual({
    events: expect.objectContaining({ plan: 1, summary: 1, 'node-ended': expect.any(Number) }),
    services: ['job', 'web'],
    planned: true,
    changed: true,
    running: [['web', 'running']],
    lines: ['job: done', 'web: serving'],
    aborted: expect.any(String),
    refused: 'no-such-service',
    misspelt: 'file-not-found',
    left: 0,
  });
  expect(await scenario.leftovers()).toEqual({ containers: [], networks: [], volumes: [] });
});
