import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { createDockerModelRunner } from '../../../src/process/docker-model-runner.ts';

let config: string;

beforeEach(async () => {
  config = await mkdtemp(join(tmpdir(), 'topsail-models-'));
  onTestFinished(() => rm(config, { recursive: true }));
});

function runner() {
  const environment = { ...process.env, DOCKER_CONFIG: config };
  return createDockerModelRunner({ environment, homeDirectory: config });
}

async function plugin(folder: string, body: string): Promise<void> {
  await mkdir(join(config, folder), { recursive: true });
  const path = join(config, folder, 'docker-model');
  await writeFile(path, `#!/bin/sh\necho "$*" >> ${join(config, 'calls')}\n${body}\n`);
  await chmod(path, 0o755);
}

test('the plugin is asked where it serves and what it has, and told to fetch and to configure', async () => {
  await plugin(
    'cli-plugins',
    `case $1 in status) echo '{"endpoint":"http://here/"}';; ls) echo '[{"tags":["ai/one","ai/two"]},{}]';; esac`,
  );
  const models = runner();
  expect(await models.endpoint()).toBe('http://here/');
  expect(await models.available()).toEqual(['ai/one', 'ai/two']);
  await models.pull('ai/three');
  await models.configure({ model: 'ai/three', contextSize: 8, runtimeFlags: ['--a', 'b'] });
  await models.configure({ model: 'ai/one' });
  expect(await readFile(join(config, 'calls'), 'utf8')).toBe(
    'status --json\nls --json\npull ai/three\nconfigure --context-size 8 ai/three -- --a b\nconfigure ai/one\n',
  );
});

test('folders that the configuration adds are looked at first', async () => {
  await plugin('extra', `echo '{"endpoint":"http://extra/"}'`);
  await plugin('cli-plugins', `echo '{"endpoint":"http://usual/"}'`);
  await writeFile(join(config, 'config.json'), JSON.stringify({ cliPluginsExtraDirs: [join(config, 'extra')] }));
  expect(await runner().endpoint()).toBe('http://extra/');
});

test('a plugin that is not there, fails, or answers nonsense is an error', async () => {
  await expect(runner().endpoint()).rejects.toThrow("'models' support requires Docker Model plugin");
  await plugin('cli-plugins', 'echo nonsense; echo why >&2; [ $1 = pull ] && exit 1; exit 0');
  await expect(runner().pull('x')).rejects.toThrow('docker model pull x: why');
  await expect(runner().endpoint()).rejects.toThrow('an answer that is not JSON');
});
