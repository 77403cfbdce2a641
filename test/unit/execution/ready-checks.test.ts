import { expect, test } from 'vitest';
import type { ProbeAnswer, Prober } from '../../../src/engine/prober.ts';
import type { ReadyProbe } from '../../../src/state/ready-probe.ts';
import { settle } from '../../fakes/manual-clock.ts';
import { createWaitRig, restarts } from '../../fakes/wait-rig.ts';

/** A prober whose answers a test decides, and which tells what it was asked. */
function scriptedProber(first: ProbeAnswer) {
  const asked: string[] = [];
  let answer = first;
  const prober: Prober = {
    publishedHosts: ['127.0.0.1'],
    tcp: ({ host, port }) => {
      asked.push(`tcp ${host}:${port}`);
      return Promise.resolve(answer);
    },
    http: ({ host, port }, path) => {
      asked.push(`GET ${host}:${port}${path}`);
      return Promise.resolve(answer);
    },
  };
  return { prober, asked, answerWith: (next: ProbeAnswer) => (answer = next) };
}

const published = { HostConfig: { PortBindings: { '80/tcp': [{ HostPort: '4000' }] } } };
const refused: ProbeAnswer = { kind: 'refused', reason: '127.0.0.1:4000: connection refused' };
const tcp: ReadyProbe = { kind: 'tcp', port: 80 };
const http = (status?: number): ReadyProbe => ({ kind: 'http', port: 80, path: '/up', status });

test('a container is healthy once its port takes connections, although it declares no check', async () => {
  const { prober, answerWith } = scriptedProber(refused);
  const rig = createWaitRig('docker', prober);
  const id = await rig.run(published);
  const wait = await rig.begin(id, 'healthy', tcp);
  await rig.clock.advance(1000);
  expect(wait.word).toBeUndefined();
  expect(rig.watches.lastAttempt(id)).toEqual({ kind: 'probe', reason: '127.0.0.1:4000: connection refused' });
  answerWith({ kind: 'answered' });
  await rig.clock.advance(1000);
  expect(wait.word).toBe('met');
});

test('a container in the network of another one is probed there', async () => {
  const { prober, asked } = scriptedProber({ kind: 'answered' });
  const rig = createWaitRig('docker', prober);
  const lender = await rig.run(published, 'lender');
  const wait = await rig.begin(await rig.run({ HostConfig: { NetworkMode: `container:${lender}` } }), 'healthy', tcp);
  expect(wait.word).toBe('met');
  expect(asked).toEqual(['tcp 127.0.0.1:4000']);
});

test('an HTTP status decides', async () => {
  const { prober, asked, answerWith } = scriptedProber({ kind: 'answered', status: 503 });
  const rig = createWaitRig('docker', prober);
  const id = await rig.run(published);
  const wait = await rig.begin(id, 'healthy', http());
  await rig.clock.advance(500);
  expect(wait.word).toBeUndefined();
  expect(rig.watches.lastAttempt(id)).toEqual({ kind: 'probe', reason: 'GET /up answered 503' });
  answerWith({ kind: 'answered', status: 302 });
  await rig.clock.advance(1000);
  expect(wait.word).toBe('met');
  expect(asked[0]).toBe('GET 127.0.0.1:4000/up');
});

test('a declared status has to be met', async () => {
  const { prober, answerWith } = scriptedProber({ kind: 'answered', status: 200 });
  const rig = createWaitRig('docker', prober);
  const wait = await rig.begin(await rig.run(published), 'healthy', http(204));
  await rig.clock.advance(500);
  expect(wait.word).toBeUndefined();
  answerWith({ kind: 'answered', status: 204 });
  await rig.clock.advance(1000);
  expect(wait.word).toBe('met');
});

test('a line of the output decides, also one from before the wait and one in two pieces', async () => {
  const rig = createWaitRig();
  const id = await rig.run();
  rig.engine.control.write('shop-db-1', 'starting\nready to ');
  const wait = await rig.begin(id, 'healthy', { kind: 'log', pattern: '^ready to serve$' });
  await settle();
  expect(wait.word).toBeUndefined();
  rig.engine.control.write('shop-db-1', 'serve\n');
  await settle();
  expect(wait.word).toBe('met');
});

test('a crash loop fails at the third restart', async () => {
  const { prober } = scriptedProber(refused);
  const rig = createWaitRig('docker', prober);
  const id = await rig.run({ ...published, HostConfig: { ...published.HostConfig, ...restarts('always').HostConfig } });
  const wait = await rig.begin(id, 'healthy', tcp);
  for (let round = 0; round < 3; round += 1) {
    rig.engine.control.exit('shop-db-1', 1);
    await rig.clock.advance(1000);
  }
  expect(wait.word).toBe('crash-loop');
});

test('a container that nobody can reach is an error that says what to do', async () => {
  const { prober } = scriptedProber({ kind: 'unreachable', reason: '172.18.0.2:80: no answer within 2s' });
  const rig = createWaitRig('docker', prober);
  const wait = await rig.begin(await rig.run(), 'healthy', tcp);
  await rig.clock.advance(30_000);
  expect(wait.word).toContain('port 80 of container shop-db-1 cannot be reached from here');
});

test('an address that answers on every port is not that of the container', async () => {
  const { prober, asked } = scriptedProber({ kind: 'answered' });
  const rig = createWaitRig('docker', prober);
  const wait = await rig.begin(await rig.run(), 'healthy', tcp);
  await rig.clock.advance(1000);
  expect(wait.word).toContain('port 80 of container shop-db-1 cannot be reached from here');
  expect(asked.map((call) => call.replace(/^.*:/, ''))).toEqual(['80', '9', '1']);
});

test('the address of a container that takes only what it serves is believed', async () => {
  const { prober } = scriptedProber({ kind: 'answered' });
  const choosy: Prober = {
    ...prober,
    tcp: (address) =>
      address.port === 80 ? prober.tcp(address) : Promise.resolve({ kind: 'refused', reason: 'refused' }),
  };
  const rig = createWaitRig('docker', choosy);
  const wait = await rig.begin(await rig.run(), 'healthy', tcp);
  await rig.clock.advance(1000);
  expect(wait.word).toBe('met');
});

test('a container without a check counts as running once its published port answers, or after a moment', async () => {
  const { prober, asked, answerWith } = scriptedProber(refused);
  const rig = createWaitRig('docker', prober);
  const served = await rig.begin(await rig.run(published), 'running-or-healthy');
  await rig.clock.advance(100);
  expect([served.word, asked[0]]).toEqual([undefined, 'tcp 127.0.0.1:4000']);
  answerWith({ kind: 'answered' });
  await rig.clock.advance(100);
  expect(served.word).toBe('met');
});

test('one whose published port never answers is waited for as if it had none, and asked no longer then', async () => {
  const { prober, asked } = scriptedProber(refused);
  const rig = createWaitRig('docker', prober);
  const silent = await rig.begin(await rig.run(published), 'running-or-healthy');
  await rig.clock.advance(400);
  expect(silent.word).toBeUndefined();
  await rig.clock.advance(200);
  expect(silent.word).toBe('met');
  const count = asked.length;
  await rig.clock.advance(10_000);
  expect(asked).toHaveLength(count);
});
