import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { findEngine } from '../../../../scripts/engine/find-engine.mjs';

let home = '';
const servers = [];

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'topsail-find-'));
  vi.stubEnv('HOME', home);
  vi.stubEnv('XDG_STATE_HOME', join(home, 'state'));
  vi.stubEnv('XDG_RUNTIME_DIR', join(home, 'runtime'));
  for (const name of ['DOCKER_HOST', 'DOCKER_CONTEXT', 'DOCKER_CONFIG', 'DOCKER_TLS_VERIFY'])
    vi.stubEnv(name, undefined);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const server of servers.splice(0)) server.close();
  await rm(home, { recursive: true });
});

/** Something on a socket that answers as an engine of an API version does. */
async function engineOn(path, apiVersion, status = 200) {
  const socket = join(home, path);
  await mkdir(dirname(socket), { recursive: true });
  const server = createServer((_, response) => response.writeHead(status, { 'api-version': apiVersion }).end('OK'));
  servers.push(server);
  await new Promise((resolve) => server.listen(socket, resolve));
  return `unix://${socket}`;
}

async function useContext(name, host) {
  const folder = join(home, '.docker');
  const meta = join(folder, 'contexts/meta', createHash('sha256').update(name).digest('hex'), 'meta.json');
  await mkdir(dirname(meta), { recursive: true });
  await writeFile(meta, JSON.stringify({ Name: name, Endpoints: { docker: { Host: host } } }));
  await writeFile(join(folder, 'config.json'), JSON.stringify({ currentContext: name }));
}

describe('the engine is', () => {
  test('the one DOCKER_HOST names, before everything else', async () => {
    await engineOn('state/topsail/engine/docker.sock', '1.41');
    await useContext('work', await engineOn('context.sock', '1.42'));
    const address = await engineOn('host.sock', '1.43');
    vi.stubEnv('DOCKER_HOST', address);
    expect(await findEngine()).toMatchObject({ source: 'DOCKER_HOST', address, apiVersion: '1.43' });
  });

  test('the one the current context names, before the usual sockets', async () => {
    await engineOn('state/topsail/engine/docker.sock', '1.41');
    const address = await engineOn('context.sock', '1.42');
    await useContext('work', address);
    expect(await findEngine()).toMatchObject({ source: 'docker context work', address, apiVersion: '1.42' });
  });

  test('our own before others, when nothing is named', async () => {
    await engineOn('runtime/docker.sock', '1.43');
    const address = await engineOn('state/topsail/engine/docker.sock', '1.41');
    expect(await findEngine()).toMatchObject({ source: 'topsail', address });
  });

  test('not a context whose engine sleeps, when the context is only configured', async () => {
    const address = await engineOn('state/topsail/engine/docker.sock', '1.41');
    await useContext('desktop', `unix://${home}/nobody.sock`);
    expect(await findEngine()).toMatchObject({ source: 'topsail', address });
  });

  test('not something that answers with an error', async () => {
    await engineOn('state/topsail/engine/docker.sock', '1.41', 500);
    expect(await findEngine()).not.toMatchObject({ source: 'topsail' });
  });

  test('taken at its word when it is behind ssh', async () => {
    vi.stubEnv('DOCKER_HOST', 'ssh://me@far');
    expect(await findEngine()).toMatchObject({ address: 'ssh://me@far', endpoint: undefined });
  });
});

test('an address in DOCKER_HOST that does not answer is an error', async () => {
  await engineOn('state/topsail/engine/docker.sock', '1.41');
  vi.stubEnv('DOCKER_HOST', `unix://${home}/nobody.sock`);
  await expect(findEngine()).rejects.toThrow(`DOCKER_HOST names unix://${home}/nobody.sock, where no engine answers`);
});
