import { existsSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCommandLine } from '../../../src/cli/main.ts';
import { projectFolder } from './project-folder.ts';
import { RecordedHost } from './recorded-host.ts';

const folder = projectFolder({ launcher: '#!/bin/sh\n' });

async function install(...words: readonly string[]) {
  const recorded = new RecordedHost({ environment: { DOCKER_CONFIG: join(folder(), 'docker') } });
  const host = Object.assign(recorded, { launcher: join(folder(), 'launcher') });
  return { exitCode: await runCommandLine(['install', ...words], host), stdout: recorded.stdout.text };
}

test('the plugin is linked, once, and undone; what was there before comes back', async () => {
  const link = join(folder(), 'docker', 'cli-plugins', 'docker-compose');
  expect((await install('--docker-plugin', '--undo')).stdout).toContain('nothing was done');
  expect(await install('--docker-plugin')).toMatchObject({ exitCode: 0 });
  expect(readlinkSync(link)).toBe(join(folder(), 'launcher'));
  expect((await install('--docker-plugin')).stdout).toContain('leads to Topsail already');
  await install('--docker-plugin', '--undo');
  expect(existsSync(link)).toBe(false);

  writeFileSync(link, 'the plugin of before');
  await install('--docker-plugin');
  expect(readlinkSync(link)).toBe(join(folder(), 'launcher'));
  await install('--docker-plugin', '--undo');
  expect(readFileSync(link, 'utf8')).toBe('the plugin of before');
});

test('what is to be installed has to be said', async () => {
  expect((await install()).exitCode).toBe(1);
});
