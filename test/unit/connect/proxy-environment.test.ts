import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { proxyEnvironment } from '../../../src/connect/proxy-environment.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'topsail-proxies-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function proxiesOf(config: unknown, endpoint: string) {
  await writeFile(join(folder, 'config.json'), JSON.stringify(config));
  return proxyEnvironment({ environment: { DOCKER_CONFIG: folder }, homeDirectory: '/nonexistent' }, endpoint);
}

test('the proxies of the engine, else the default ones, in both spellings', async () => {
  const config = {
    proxies: { default: { httpProxy: 'http://a', noProxy: 'b' }, 'tcp://engine:2375': { allProxy: 'c' } },
  };
  expect(await proxiesOf(config, 'unix:///x.sock')).toEqual({
    HTTP_PROXY: 'http://a',
    http_proxy: 'http://a',
    NO_PROXY: 'b',
    no_proxy: 'b',
  });
  expect(await proxiesOf(config, 'tcp://engine:2375')).toEqual({ ALL_PROXY: 'c', all_proxy: 'c' });
});

test('without proxies, and without a configuration, there are none', async () => {
  expect(await proxiesOf({}, 'unix:///x.sock')).toEqual({});
  expect(await proxyEnvironment({ environment: {}, homeDirectory: '/nonexistent' }, 'unix:///x.sock')).toEqual({});
});
