import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connectEngine } from '../../../src/connect/connect-engine.ts';
import { diagnoseEngine } from '../../../src/connect/diagnose-engine.ts';
import type { EngineSearch } from '../../../src/connect/engine-search.ts';
import { findEngine, searchEngine } from '../../../src/connect/find-engine.ts';
import { endpointText } from '../../../src/engine/endpoint.ts';

let home: string;
const servers: Server[] = [];

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'topsail-find-'));
});

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
  await rm(home, { recursive: true, force: true });
});

/** An engine at a path below the home directory. */
async function engineAt(name: string, server = 'Docker/28.5.2 (linux)'): Promise<string> {
  const path = join(home, name);
  await mkdir(join(path, '..'), { recursive: true });
  const http = createServer((request, response) => {
    const body = request.url === '/v1.41/info' ? '{"CgroupVersion":"2","Architecture":"x86_64"}' : '[]';
    response.writeHead(200, { 'Api-Version': '1.41', Server: server, 'Content-Length': String(body.length) });
    response.end(request.method === 'HEAD' ? undefined : body);
  });
  servers.push(http);
  http.listen(path);
  await once(http, 'listening');
  return path;
}

async function context(name: string, docker: object): Promise<void> {
  const folder = join(home, '.docker/contexts/meta', createHash('sha256').update(name).digest('hex'));
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'meta.json'), JSON.stringify({ Name: name, Endpoints: { docker } }));
}

async function currentContext(name: string): Promise<void> {
  await mkdir(join(home, '.docker'), { recursive: true });
  await writeFile(join(home, '.docker/config.json'), JSON.stringify({ currentContext: name }));
}

function search(environment: EngineSearch['environment'] = {}): EngineSearch {
  return { environment, homeDirectory: home, platform: 'linux' };
}

describe('findEngine', () => {
  test('DOCKER_HOST is asked and nobody else', async () => {
    const path = await engineAt('named.sock');
    await engineAt('.local/state/topsail/engine/docker.sock');
    await currentContext('other');
    const found = await findEngine(search({ DOCKER_HOST: `unix://${path}`, DOCKER_CONTEXT: 'other' }));
    expect(found).toMatchObject({ source: 'DOCKER_HOST', endpoint: { path }, ping: { apiVersion: '1.41' } });
    expect(found.looked).toHaveLength(1);
  });

  test('a DOCKER_HOST that does not answer is an error in two lines', async () => {
    await engineAt('.local/state/topsail/engine/docker.sock');
    await expect(findEngine(search({ DOCKER_HOST: `unix://${home}/none` }))).rejects.toMatchObject({
      kind: 'unreachable',
      message: `Cannot connect to the Docker daemon at unix://${home}/none. Is the docker daemon running?\nDOCKER_HOST at unix://${home}/none: not there`,
    });
  });

  test('a DOCKER_HOST that makes no sense is shown', async () => {
    await expect(findEngine(search({ DOCKER_HOST: 'ftp://x' }))).rejects.toThrow(
      'DOCKER_HOST is no address of an engine: "ftp://x"',
    );
  });

  test('the context that DOCKER_CONTEXT names must be there', async () => {
    const path = await engineAt('in-context.sock');
    await context('mine', { Host: `unix://${path}` });
    expect(await findEngine(search({ DOCKER_CONTEXT: 'mine' }))).toMatchObject({
      source: 'DOCKER_CONTEXT (mine)',
      endpoint: { path },
    });
    await expect(findEngine(search({ DOCKER_CONTEXT: 'none' }))).rejects.toThrow('there is no docker context none');
    await context('empty', {});
    await expect(findEngine(search({ DOCKER_CONTEXT: 'empty' }))).rejects.toThrow(
      'docker context empty has no address',
    );
  });

  test('the current context comes before the usual sockets, and is passed over if nobody is there', async () => {
    const usual = await engineAt('.colima/default/docker.sock');
    await context('desktop', { Host: `unix://${home}/desktop.sock` });
    await currentContext('desktop');
    const found = await findEngine(search({ XDG_RUNTIME_DIR: join(home, 'run') }));
    expect(found).toMatchObject({ source: 'Colima', endpoint: { path: usual } });
    expect(found.looked[0]).toEqual({
      source: 'the current docker context (desktop)',
      address: `unix://${home}/desktop.sock`,
      named: true,
      outcome: 'absent',
      reason: 'not there',
    });
    const path = await engineAt('desktop.sock');
    expect(await findEngine(search())).toMatchObject({ endpoint: { path } });
  });

  test('a current context that does not exist is noted', async () => {
    await currentContext('gone');
    const { found, looked } = await searchEngine(search({ DOCKER_TLS: '' }));
    expect(found?.named).not.toBe(true);
    expect(looked[0]).toMatchObject({ source: 'the current docker context', reason: expect.stringContaining('gone') });
  });

  test('the private engine of the repository comes first, in the state folder of the user', async () => {
    await engineAt('.colima/default/docker.sock');
    const path = await engineAt('state/topsail/engine/docker.sock');
    expect(await findEngine(search({ XDG_STATE_HOME: join(home, 'state') }))).toMatchObject({ endpoint: { path } });
  });

  test('a socket that something else answers on is passed over and said', async () => {
    const path = join(home, 'state/topsail/engine/docker.sock');
    await mkdir(join(path, '..'), { recursive: true });
    await writeFile(path, '');
    const colima = await engineAt('.colima/default/docker.sock');
    const found = await findEngine(search({ XDG_STATE_HOME: join(home, 'state') }));
    expect(endpointText(found.endpoint)).toBe(`unix://${colima}`);
    expect(found.looked[0]).toMatchObject({ outcome: 'no-answer' });
  });

  test('an aborted search says so', async () => {
    await expect(findEngine({ ...search(), signal: AbortSignal.abort() })).rejects.toMatchObject({ kind: 'aborted' });
  });

  test('TLS material is read from the folder that DOCKER_CERT_PATH names', async () => {
    const certificates = join(home, 'certificates');
    await mkdir(certificates);
    await writeFile(join(certificates, 'ca.pem'), 'not a certificate');
    const environment = { DOCKER_HOST: 'tcp://127.0.0.1:1', DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: certificates };
    const { looked } = await searchEngine(search(environment));
    expect(looked).toMatchObject([{ address: 'tcp://127.0.0.1:1', outcome: 'no-answer' }]);
  });
});

describe('connectEngine', () => {
  test('connects to what was found', async () => {
    const path = await engineAt('named.sock', 'Libpod/4.3.1 (linux)');
    const engine = await connectEngine(search({ DOCKER_HOST: `unix://${path}` }));
    expect(engine.description).toMatchObject({ product: 'podman', apiVersion: '1.41', endpoint: `unix://${path}` });
    expect(await engine.networks.list({})).toEqual([]);
    await engine.close();
  });

  test('reaches an engine over ssh by the program of that name', async () => {
    const path = await engineAt('remote.sock');
    const bin = join(home, 'bin');
    await mkdir(bin);
    const script = [
      '#!/bin/sh',
      `echo "$@" >> ${home}/ssh.log`,
      `exec ${process.execPath} -e 'const s=require("net").connect("${path}");process.stdin.pipe(s).pipe(process.stdout)'`,
    ];
    await writeFile(join(bin, 'ssh'), script.join('\n'));
    await chmod(join(bin, 'ssh'), 0o755);
    const engine = await connectEngine(search({ DOCKER_HOST: 'ssh://me@far:2222', PATH: bin }));
    expect(engine.description.endpoint).toBe('ssh://me@far:2222');
    expect(await engine.networks.list({})).toEqual([]);
    await engine.close();
  });

  test('an ssh that fails is quoted', async () => {
    const bin = join(home, 'bin');
    await mkdir(bin);
    await writeFile(join(bin, 'ssh'), '#!/bin/sh\necho "Host key verification failed." >&2\nexit 255\n');
    await chmod(join(bin, 'ssh'), 0o755);
    await expect(connectEngine(search({ DOCKER_HOST: 'ssh://far', PATH: bin }))).rejects.toThrow(
      'ssh failed: Host key verification failed.',
    );
  });
});

describe('diagnoseEngine', () => {
  test('tells what was looked at, who answered and what will not work there', async () => {
    const path = await engineAt('named.sock');
    const diagnosis = await diagnoseEngine(search({ DOCKER_HOST: `unix://${path}` }));
    expect(diagnosis.looked).toMatchObject([{ source: 'DOCKER_HOST', outcome: 'answered' }]);
    expect(diagnosis.engine).toMatchObject({
      description: { version: '28.5.2', architecture: 'x86_64' },
      highestApiVersion: '1.41',
      information: { cgroupVersion: '2' },
    });
    expect(diagnosis.engine?.limitations.map(({ feature }) => feature)).toContain('healthcheck.start_interval');
  });

  test('finding none is a value', async () => {
    const diagnosis = await diagnoseEngine(search({ DOCKER_HOST: `unix://${home}/none` }));
    expect(diagnosis).toMatchObject({ engine: undefined, looked: [{ outcome: 'absent' }] });
  });
});
