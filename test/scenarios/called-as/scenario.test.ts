import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runAny } from '../harness/any-command.ts';
import { nothing } from '../harness/nothing.ts';
import { openScenario } from '../harness/scenario.ts';
import { launcher } from '../harness/topsail-process.ts';

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'topsail-called-as-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

test('linked as docker-compose it takes the place of that program, flags of the Docker client included', async () => {
  const scenario = openScenario(import.meta.dirname);
  const { directory, environment, project } = scenario;
  const link = join(temporaryFolder(), 'docker-compose');
  symlinkSync(launcher, link);
  const { DOCKER_HOST: address = 'unix:///var/run/docker.sock', ...elsewhere } = environment;
  const run = (...words: readonly string[]) =>
    runAny(process.execPath, [link, ...words], { directory, environment: elsewhere });
  expect(await run('--host', address, '--log-level', 'debug', 'up', '-d')).toMatchObject({ exitCode: 0 });
  expect((await run('-H', address, 'ps', '--format', '{{.Name}}')).stdout).toBe(`${project}-web-1\n`);
  expect((await run('--version')).stdout).toMatch(/^Docker Compose version 2\.\d+\.\d+ \(Topsail \d/);
  expect((await run('version', '--short')).stdout).toMatch(/^2\.\d+\.\d+\n$/);
  expect(await run('-H', address, 'down')).toMatchObject({ exitCode: 0 });
  expect(await scenario.leftovers()).toEqual(nothing);
});

test('as the plugin of the Docker client it is docker compose', async ({ skip }) => {
  const scenario = openScenario(import.meta.dirname);
  const { directory, project } = scenario;
  const environment = { ...scenario.environment, DOCKER_CONFIG: temporaryFolder() };
  const docker = (...words: readonly string[]) => runAny('docker', words, { directory, environment });
  skip((await docker('--version')).exitCode !== 0, 'not available here: the docker command');
  mkdirSync(join(environment.DOCKER_CONFIG, 'cli-plugins'));
  const install = (...words: readonly string[]) =>
    runAny(process.execPath, [launcher, 'install', '--docker-plugin', ...words], { directory, environment });
  expect(await install()).toMatchObject({ exitCode: 0 });
  const version = await docker('compose', 'version');
  expect(version.stdout).toContain('(Topsail ');
  expect(await docker('compose', 'up', '-d')).toMatchObject({ exitCode: 0 });
  expect((await docker('compose', '-p', project, 'ps', '--services')).stdout).toBe('web\n');
  expect((await docker('__complete', 'compose', 'ps', 'w')).stdout).toContain('web');
  const following = spawn('docker', ['compose', 'events', '--json', '--since', '10m'], {
    cwd: directory,
    env: environment,
  });
  await once(following.stdout, 'data');
  following.kill('SIGINT');
  expect(await once(following, 'close')).toEqual([130, null]);
  expect(await docker('compose', 'bogus')).toMatchObject({ exitCode: 1 });
  expect(await docker('compose', 'down')).toMatchObject({ exitCode: 0 });
  await install('--undo');
  expect((await docker('compose', 'version')).stdout).not.toContain('(Topsail ');
});
