import { expect, test } from 'vitest';
import type { ContainerInspect } from '../../../src/engine/container.ts';
import { createMemoryEngine } from '../../../src/memory-engine/create-memory-engine.ts';
import { containerAddresses } from '../../../src/state/container-addresses.ts';

async function container(
  mode: string,
  network: Partial<ContainerInspect['NetworkSettings']>,
): Promise<ContainerInspect> {
  const engine = createMemoryEngine({ images: ['app'] });
  const { id } = await engine.containers.create({ name: 'web', body: { Image: 'app' } });
  const inspect = await engine.containers.inspect(id);
  return {
    ...inspect,
    HostConfig: { ...inspect.HostConfig, NetworkMode: mode },
    NetworkSettings: { Networks: {}, ...network },
  };
}

test('a published port answers on the hosts of the engine, once for both of its families', async () => {
  const both = [
    { HostIp: '0.0.0.0', HostPort: '4000' },
    { HostIp: '::', HostPort: '4000' },
  ];
  const found = await container('shop_default', { Ports: { '80/tcp': both, '80/udp': [{ HostPort: '1' }] } });
  expect(containerAddresses(found, 80, ['10.0.0.1', '127.0.0.1']).published).toEqual([
    { host: '10.0.0.1', port: 4000 },
    { host: '127.0.0.1', port: 4000 },
  ]);
});

test('a port that is bound to one address answers there', async () => {
  const found = await container('n', { Ports: { '80/tcp': [{ HostIp: '10.1.2.3', HostPort: '4000' }] } });
  expect(containerAddresses(found, 80, ['127.0.0.1']).published).toEqual([{ host: '10.1.2.3', port: 4000 }]);
});

test('a port that is bound to the loopback of another machine is tried under its name', async () => {
  const found = await container('n', { Ports: { '80/tcp': [{ HostIp: '127.0.0.1', HostPort: '4000' }] } });
  expect(containerAddresses(found, 80, ['far.example']).published).toEqual([{ host: 'far.example', port: 4000 }]);
  expect(containerAddresses(found, 80, ['127.0.0.1']).published).toEqual([{ host: '127.0.0.1', port: 4000 }]);
});

test('a container has addresses of its own', async () => {
  const found = await container('n', { Networks: { n: { IPAddress: '172.18.0.2', GlobalIPv6Address: '' } } });
  expect(containerAddresses(found, 80, ['127.0.0.1'])).toEqual({
    published: [],
    direct: [{ host: '172.18.0.2', port: 80 }],
  });
});

test('a container on the network of the host answers as the host', async () => {
  expect(containerAddresses(await container('host', {}), 80, ['127.0.0.1']).published).toEqual([
    { host: '127.0.0.1', port: 80 },
  ]);
});
