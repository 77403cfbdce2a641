import { expect, it } from 'vitest';
import type { Clock } from '../../../src/engine/clock.ts';
import type { ContainerInspect } from '../../../src/engine/container.ts';
import type { ProbeAnswer, Prober } from '../../../src/engine/prober.ts';
import { createMemoryEngine } from '../../../src/memory-engine/create-memory-engine.ts';
import { endpointOf, findReach, requirePort } from '../../../src/testing/endpoints.ts';

const signal = new AbortController().signal;

async function container(network: Partial<ContainerInspect['NetworkSettings']>): Promise<ContainerInspect> {
  const engine = createMemoryEngine({ images: ['app'] });
  const { id } = await engine.containers.create({ name: 'web', body: { Image: 'app' } });
  await engine.containers.start(id);
  return { ...(await engine.containers.inspect(id)), NetworkSettings: { Networks: {}, ...network } };
}

function prober(hosts: readonly string[], answers: Readonly<Record<string, ProbeAnswer['kind']>>): Prober {
  const answer = (host: string): ProbeAnswer => {
    const kind = answers[host] ?? 'unreachable';
    return kind === 'answered' ? { kind } : { kind, reason: '' };
  };
  return {
    publishedHosts: hosts,
    tcp: ({ host }) => Promise.resolve(answer(host)),
    http: ({ host }) => Promise.resolve(answer(host)),
  };
}

const reachOf = (
  hosts: readonly string[],
  answers: Readonly<Record<string, ProbeAnswer['kind']>>,
  inspect: ContainerInspect,
) => findReach({ prober: () => Promise.resolve(prober(hosts, answers)), clock: instant }, [inspect], signal);

/** A clock whose sleeps are over at once. */
const instant: Clock = { now: () => 0, sleep: () => Promise.resolve() };

it('a way to a container that is closed again a moment later is none', async () => {
  const kinds: readonly ProbeAnswer['kind'][] = ['refused', 'unreachable'];
  const asked: string[] = [];
  const tcp: Prober['tcp'] = ({ host }) => {
    const kind = kinds[asked.push(host) - 1] ?? 'unreachable';
    return Promise.resolve(kind === 'answered' ? { kind } : { kind, reason: '' });
  };
  const inspect = await container({ Networks: { n: { IPAddress: '172.18.0.2' } } });
  const reach = (hosts: readonly string[]) => {
    asked.length = 0;
    const passing: Prober = { ...prober(hosts, {}), tcp };
    return findReach({ prober: () => Promise.resolve(passing), clock: instant }, [inspect], signal);
  };
  expect(await reach(['172.17.0.1', '127.0.0.1'])).toEqual({ publishedHost: '172.17.0.1', direct: false });
  expect(await reach(['127.0.0.1'])).toEqual({ publishedHost: '127.0.0.1', direct: true });
  expect(asked).toEqual(['172.18.0.2']);
});

it('takes the published port before the address of the container', async () => {
  const inspect = await container({
    Ports: { '80/tcp': [{ HostIp: '0.0.0.0', HostPort: '4000' }] },
    Networks: { n: { IPAddress: '172.18.0.2' } },
  });
  const reach = { publishedHost: 'far.example', direct: true };
  expect(endpointOf('web', inspect, 80, reach)).toEqual({
    host: 'far.example',
    port: 4000,
    containerPort: 80,
    published: true,
  });
  expect(endpointOf('web', inspect, 81, reach)).toEqual({
    host: '172.18.0.2',
    port: 81,
    containerPort: 81,
    published: false,
  });
});

it("does not take a port that is published for the engine's host alone for one that is reached from elsewhere", async () => {
  const inspect = await container({
    Ports: { '80/tcp': [{ HostIp: '127.0.0.1', HostPort: '4000' }] },
    Networks: { n: { IPAddress: '172.18.0.2' } },
  });
  const from = (publishedHost: string, direct: boolean) => endpointOf('web', inspect, 80, { publishedHost, direct });
  expect(from('127.0.0.1', false)).toMatchObject({ host: '127.0.0.1', port: 4000 });
  expect(from('localhost', false)).toMatchObject({ port: 4000 });
  expect(from('172.17.0.1', true)).toMatchObject({ host: '172.18.0.2', port: 80, published: false });
  expect(() => from('172.17.0.1', false)).toThrow(
    expect.objectContaining({ details: expect.arrayContaining([expect.stringContaining('for that host alone')]) }),
  );
});

it('a container that is stopped answers nowhere, although Podman goes on naming its ports', async () => {
  const inspect = await container({ Ports: { '80/tcp': [{ HostPort: '4000' }] } });
  const stopped = { ...inspect, State: { ...inspect.State, Running: false } };
  expect(() => endpointOf('web', stopped, 80, { publishedHost: '127.0.0.1', direct: true })).toThrow(
    'port 80 of service "web" cannot be reached from here',
  );
});

it('says what is published where a port cannot be reached', async () => {
  const inspect = await container({
    Ports: { '80/tcp': [{ HostPort: '4000' }], '81/tcp': null },
    Networks: { n: { IPAddress: '172.18.0.2' } },
  });
  expect(() => endpointOf('web', inspect, 81, { publishedHost: '127.0.0.1', direct: false })).toThrow(
    expect.objectContaining({
      code: 'not-reachable',
      message: 'port 81 of service "web" cannot be reached from here',
      details: ['published are 80/tcp', 'publish it under ports; without a host port any free one is taken'],
    }),
  );
});

it('an address of a container that refuses is routed here, one that is silent or takes every connection is not', async () => {
  const inspect = await container({ Networks: { n: { IPAddress: '172.18.0.2' } } });
  expect((await reachOf(['127.0.0.1'], { '172.18.0.2': 'refused' }, inspect)).direct).toBe(true);
  expect((await reachOf(['127.0.0.1'], {}, inspect)).direct).toBe(false);
  expect((await reachOf(['127.0.0.1'], { '172.18.0.2': 'answered' }, inspect)).direct).toBe(false);
});

it('of several hosts of the engine the one that answers counts', async () => {
  const inspect = await container({ Ports: { '80/tcp': [{ HostPort: '4000' }] } });
  expect((await reachOf(['10.0.0.1', '127.0.0.1'], { '127.0.0.1': 'answered' }, inspect)).publishedHost).toBe(
    '127.0.0.1',
  );
  expect((await reachOf(['10.0.0.1', '127.0.0.1'], {}, inspect)).publishedHost).toBe('10.0.0.1');
});

it('a port that only another protocol than TCP has is one of that protocol', async () => {
  const { Config: config, ...inspect } = await container({ Ports: { '53/udp': [{ HostPort: '4053' }] } });
  const exposing = { ...inspect, Config: { ...config, ExposedPorts: { '53/udp': {} } } };
  expect(endpointOf('dns', exposing, 53, { publishedHost: '127.0.0.1', direct: false }).port).toBe(4053);
});

it('a port that neither the file nor the image names is an error with the nearest one, if the file names any', async () => {
  const { Config: config, ...inspect } = await container({});
  const exposing = { ...inspect, Config: { ...config, ExposedPorts: { '8080/tcp': {}, '53/udp': {} } } };
  const declared = { ports: [{ target: 8080 }] };
  expect(() => requirePort('web', declared, exposing, 53)).not.toThrow();
  expect(() => requirePort('web', {}, exposing, 8081)).not.toThrow();
  expect(() => requirePort('web', declared, exposing, 8081)).toThrow(
    expect.objectContaining({
      code: 'no-such-port',
      message: 'service "web" has no port 8081',
      details: ['did you mean 8080?', 'there are 8080, 53; others are named under expose'],
    }),
  );
});
