import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { engineKind } from '../harness/engine-kind.ts';
import { readInContainer } from '../harness/read-in-container.ts';
import { openScenario, type Scenario } from '../harness/scenario.ts';

/** What a command writes in a service's container. */
async function read(scenario: Scenario, service: string, ...command: readonly string[]): Promise<string> {
  return (await readInContainer(`${scenario.project}-${service}-1`, command)).trim();
}

test('a service sees the network and the volumes of another one, and keeps them through a change', async () => {
  const scenario = openScenario(import.meta.dirname);
  await scenario.succeed('up', '-d', 'db', 'sidecar', 'client');
  const fetch = (service: string, url: string): Promise<string> =>
    read(scenario, service, 'wget', '-q', '-O', '-', url);
  expect(await fetch('sidecar', 'http://127.0.0.1:8000/file')).toBe('kept');
  expect(await read(scenario, 'sidecar', 'sh', '-c', 'touch /data/x 2>/dev/null || echo no')).toBe('no');

  const before = await scenario.inspect('sidecar');
  expect((await scenario.run('plan', 'db', 'sidecar', 'client')).stdout).toContain('nothing to do');
  const changed = openScenario(import.meta.dirname, { TURN: 'two', COMPOSE_PROJECT_NAME: scenario.project });
  await changed.succeed('up', '-d', 'db', 'sidecar', 'client');
  expect((await scenario.inspect('sidecar')).Id).not.toBe(before.Id);
  expect(await fetch('sidecar', 'http://127.0.0.1:8000/file')).toBe('kept');
  expect((await changed.run('plan', 'db', 'sidecar', 'client')).stdout).toContain('nothing to do');
});

test('a service reaches another one by a link', async ({ skip }) => {
  if ((await engineKind()).podman) skip('not available here: links, which Podman does not have');
  const scenario = openScenario(import.meta.dirname);
  await scenario.succeed('up', '-d', 'client');
  expect(await read(scenario, 'client', 'wget', '-q', '-O', '-', 'http://store:8000/file')).toBe('kept');
});

test('a provider is run, gives variables to what depends on it, and is told of the end', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'topsail-provider-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const calls = join(folder, 'calls');
  const program = join(folder, 'topsail-test-provider');
  const answer = `echo '{"type":"setenv","message":"URL=over there"}'`;
  await writeFile(program, `#!/bin/sh\necho "$*" >> ${calls}\n[ "$2" = metadata ] || ${answer}\n`);
  await chmod(program, 0o755);
  const path = `${folder}:${process.env['PATH'] ?? ''}`;
  const scenario = openScenario(import.meta.dirname, { PROVIDER: 'topsail-test-provider', PATH: path });
  await scenario.succeed('--profile', 'cloud', 'up', '-d', 'user');
  expect(await read(scenario, 'user', 'sh', '-c', 'echo $CLOUD_URL')).toBe('over there');
  const before = await scenario.inspect('user');
  await scenario.succeed('--profile', 'cloud', 'up', '-d', 'user');
  expect((await scenario.inspect('user')).Id).toBe(before.Id);
  await scenario.succeed('--profile', 'cloud', 'down', '-v');
  const runs = (await readFile(calls, 'utf8')).split('\n').filter((line) => line !== 'compose metadata' && line !== '');
  const up = `compose --project-name=${scenario.project} up --size=1 cloud`;
  expect(runs).toEqual([up, up, up.replace(' up ', ' down ')]);
});
