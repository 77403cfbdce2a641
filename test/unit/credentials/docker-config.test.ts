import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { dockerConfigFolder, readDockerConfig } from '../../../src/credentials/docker-config.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'topsail-config-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe('readDockerConfig', () => {
  test('is empty without a file or folder', async () => {
    expect(await readDockerConfig(folder)).toEqual({});
    expect(await readDockerConfig(join(folder, 'none'))).toEqual({});
  });

  test('reads the file', async () => {
    await writeFile(join(folder, 'config.json'), '{"currentContext":"colima","other":1}');
    expect(await readDockerConfig(folder)).toMatchObject({ currentContext: 'colima' });
  });

  test('a file that is not JSON is named', async () => {
    await writeFile(join(folder, 'config.json'), '{');
    await expect(readDockerConfig(folder)).rejects.toMatchObject({
      code: 'docker-config-unreadable',
      message: `${join(folder, 'config.json')} is not valid JSON`,
    });
  });
});

test('the folder is that of DOCKER_CONFIG, else in the home directory', () => {
  expect(dockerConfigFolder({ DOCKER_CONFIG: '/etc/docker-client' }, '/home/me')).toBe('/etc/docker-client');
  expect(dockerConfigFolder({ DOCKER_CONFIG: '' }, '/home/me')).toBe('/home/me/.docker');
});
