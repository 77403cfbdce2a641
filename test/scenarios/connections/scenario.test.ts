import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { describe, expect, onTestFinished, test } from 'vitest';
import { runAny } from '../harness/any-command.ts';
import { type Certificate, createAuthority } from '../harness/certificates.ts';
import { engineEndpoint } from '../harness/engine-api.ts';
import { nothing } from '../harness/nothing.ts';
import { relayToEngine } from '../harness/relay.ts';
import { openScenario } from '../harness/scenario.ts';
import { launcher } from '../harness/topsail-process.ts';

const directory = import.meta.dirname;
type Environment = Readonly<Record<string, string>>;

/** Brings a project up, talks with it in every way a connection is used, and takes it down. */
async function useEngine(environment: Environment): Promise<void> {
  const scenario = openScenario(directory, environment);
  await scenario.succeed('up', '-d', '--wait');
  expect((await scenario.succeed('ps', '--services')).stdout).toBe('web\n');
  expect((await scenario.succeed('logs', '--no-log-prefix')).stdout).toBe('started\n');
  const words = [launcher, 'exec', '-T', 'web', 'cat'];
  const input = `${'0123456789abcde\n'.repeat(1 << 16)}end\n`;
  const echoed = await runAny(process.execPath, words, { directory, environment: scenario.environment, input });
  expect({ ...echoed, stdout: echoed.stdout === input }).toEqual({ exitCode: 0, stdout: true, stderr: '' });
  const run = await scenario.run('run', '--rm', 'web', 'sh', '-c', 'echo ran; exit 3');
  expect(run).toMatchObject({ exitCode: 3, stdout: 'ran\n' });
  await scenario.succeed('down');
  expect(await scenario.leftovers()).toEqual(nothing);
}

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'topsail-connections-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

/** A door to the engine that takes only clients whose certificate the authority has signed. */
async function startTlsDoor(authority: Certificate, server: Certificate): Promise<number> {
  const open = new Set<{ destroy(): void }>();
  const options = { ...server, ca: authority.cert, requestCert: true, rejectUnauthorized: true, allowHalfOpen: true };
  const door = createServer(options, (client) => {
    open.add(client);
    client.on('close', () => open.delete(client));
    relayToEngine(client);
  });
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const client of open) client.destroy();
    door.close();
  });
  const address = door.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function writeCertificates(folder: string, authority: Certificate, client: Certificate): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'ca.pem'), authority.cert);
  await writeFile(join(folder, 'cert.pem'), client.cert);
  await writeFile(join(folder, 'key.pem'), client.key);
}

/** A context of a Docker client, with the certificates it has; gives the folder of its configuration. */
async function writeContext(name: string, host: string): Promise<{ readonly config: string; readonly tls: string }> {
  const config = await temporaryFolder();
  const id = createHash('sha256').update(name).digest('hex');
  const meta = { Name: name, Metadata: {}, Endpoints: { docker: { Host: host, SkipTLSVerify: false } } };
  await mkdir(join(config, 'contexts/meta', id), { recursive: true });
  await writeFile(join(config, 'contexts/meta', id, 'meta.json'), JSON.stringify(meta));
  return { config, tls: join(config, 'contexts/tls', id, 'docker') };
}

describe('an engine', () => {
  test('is used over TLS, with certificates on both sides', async () => {
    const authority = createAuthority();
    const port = await startTlsDoor(authority, authority.issue('engine'));
    const folder = await temporaryFolder();
    await writeCertificates(folder, authority, authority.issue('client'));
    const environment = {
      DOCKER_HOST: `tcp://127.0.0.1:${String(port)}`,
      DOCKER_TLS_VERIFY: '1',
      DOCKER_CERT_PATH: folder,
    };
    await useEngine(environment);
    await writeCertificates(folder, createAuthority(), authority.issue('client'));
    const foreign = await openScenario(directory, environment).run('ps');
    expect(foreign).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(/certificate/) as string });
    await writeCertificates(folder, authority, createAuthority().issue('stranger'));
    expect(await openScenario(directory, environment).run('ps')).toMatchObject({ exitCode: 1 });
  });

  test('is used through a docker context with certificates, named or current', async () => {
    const authority = createAuthority();
    const port = await startTlsDoor(authority, authority.issue('engine'));
    const { config, tls } = await writeContext('far', `tcp://localhost:${String(port)}`);
    await writeCertificates(tls, authority, authority.issue('client'));
    await useEngine({ DOCKER_HOST: '', DOCKER_CONFIG: config, DOCKER_CONTEXT: 'far' });
    await writeFile(join(config, 'config.json'), '{"currentContext":"far"}');
    const doctor = await openScenario(directory, { DOCKER_HOST: '', DOCKER_CONFIG: config }).succeed('doctor');
    expect(doctor.stdout).toContain(`tcp://localhost:${String(port)}`);
  });

  test('is used over ssh, which runs docker system dial-stdio there', async () => {
    const folder = await temporaryFolder();
    const log = join(folder, 'log');
    const endpoint = JSON.stringify(engineEndpoint()).replace('socketPath', 'path');
    // What stands in for ssh notes what it was asked for and is the other machine at once.
    await writeFile(
      join(folder, 'ssh'),
      `#!${process.execPath}
require('node:fs').appendFileSync(${JSON.stringify(log)}, process.argv.slice(2).join(' ') + '\\n');
const engine = require('node:net').connect({ ...${endpoint}, allowHalfOpen: true });
process.stdin.pipe(engine);
engine.pipe(process.stdout);
engine.on('error', () => process.exit(1)).on('close', () => process.exit(0));
`,
    );
    await chmod(join(folder, 'ssh'), 0o755);
    const path = `${folder}:${process.env['PATH'] ?? ''}`;
    await useEngine({ DOCKER_HOST: 'ssh://me@far:2222', PATH: path });
    const asked = new Set((await readFile(log, 'utf8')).trim().split('\n'));
    expect([...asked]).toEqual(['-o ConnectTimeout=30 -T -p 2222 -- me@far docker system dial-stdio']);
  });

  test('that ssh does not reach is told with what ssh says', async () => {
    const folder = await temporaryFolder();
    await writeFile(
      join(folder, 'ssh'),
      '#!/bin/sh\necho "ssh: connect to host far port 22: No route to host" >&2\nexit 255\n',
    );
    await chmod(join(folder, 'ssh'), 0o755);
    const path = `${folder}:${process.env['PATH'] ?? ''}`;
    const { exitCode, stderr } = await openScenario(directory, { DOCKER_HOST: 'ssh://far', PATH: path }).run('ps');
    expect(exitCode).toBe(1);
    expect(stderr).toContain('No route to host');
  });
});
