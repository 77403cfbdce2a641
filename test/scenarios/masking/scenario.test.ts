import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readInContainer } from '../harness/read-in-container.ts';
import { openScenario, type Scenario } from '../harness/scenario.ts';

const open = (more: Readonly<Record<string, string>> = {}): Scenario =>
  openScenario(import.meta.dirname, { TOKEN: 'hush-token', ...more });

test('no plan and no event shows a secret', async () => {
  const scenario = open();
  for (const words of [['plan'], ['plan', '--json']]) {
    const { stdout, stderr } = await scenario.run(...words);
    expect(stdout + stderr).not.toContain('hush-');
    expect(stdout).toContain('container:web:1');
  }
  const { stdout, stderr } = await scenario.succeed('--progress', 'json', 'up', '-d');
  expect(stdout + stderr).not.toContain('hush-');
  expect(await readInContainer(`${scenario.project}-web-1`, ['sh', '-c', 'echo $PASSWORD $API_KEY'])).toContain(
    'hush-environment hush-env-file',
  );
  expect(JSON.stringify((await scenario.containers()).map(({ Labels }) => Labels))).not.toContain('hush-');

  const changed = open({ PASSWORD: 'hush-changed', TOKEN: 'hush-rotated', COMPOSE_PROJECT_NAME: scenario.project });
  for (const words of [['plan'], ['plan', '--json'], ['--progress', 'json', 'up', '-d'], ['up', '-d', '--timeline']]) {
    const result = await changed.run(...words);
    expect({ words, leaks: /hush-/.test(result.stdout + result.stderr) }).toEqual({ words, leaks: false });
  }
});

test('a failed start shows no secret either', async () => {
  const scenario = open({ TOPSAIL_TEST_BUSYBOX: 'registry.invalid/nothing:1' });
  const { exitCode, stdout, stderr } = await scenario.run('up', '-d');
  expect(exitCode).toBe(1);
  expect(stdout + stderr).not.toContain('hush-');
});

test('timeline files show no secret', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'topsail-timeline-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const name of ['timeline.svg', 'timeline.html']) {
    await open().succeed('up', '-d', `--timeline=${join(folder, name)}`);
    expect(await readFile(join(folder, name), 'utf8')).not.toContain('hush-');
  }
});

test('--show-values shows the values of the environment', async () => {
  const scenario = open();
  expect((await scenario.run('plan', '--json', '--show-values')).stdout).toContain('hush-environment');
  await scenario.succeed('up', '-d');
  const changed = open({ PASSWORD: 'hush-changed', COMPOSE_PROJECT_NAME: scenario.project });
  const { stdout } = await changed.run('plan', '--show-values');
  expect(stdout).toMatch(/environment\.PASSWORD.*hush-environment.*hush-changed/);
});
