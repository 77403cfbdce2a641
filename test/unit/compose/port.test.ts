import { expect, test } from 'vitest';
import { port } from '../../../src/compose/port.ts';
import { engineWith } from './project-engine.ts';

async function engineWithPorts() {
  return engineWith(
    { service: 'web', number: 2 },
    {
      service: 'web',
      body: {
        HostConfig: {
          PortBindings: {
            '80/tcp': [{ HostIp: '127.0.0.1', HostPort: '8080' }],
            '53/udp': [{ HostIp: '::1', HostPort: '5353' }],
          },
        },
      },
    },
    { service: 'job', state: 'exited' },
  );
}

test('a published port is found by number and protocol', async () => {
  const engine = await engineWithPorts();
  const find = (options: object) => port({ engine }, 'p', { service: 'web', port: 80, ...options });
  expect(await find({})).toBe('127.0.0.1:8080');
  expect(await find({ port: 53, protocol: 'UDP' })).toBe('[::1]:5353');
  await expect(find({ port: 81 })).rejects.toThrow(/^no port 81\/tcp for container p-web-1: .*8080\/tcp/);
  await expect(find({ index: 2 })).rejects.toThrow('no port 80/tcp for container p-web-2: ');
});

test('a service that does not run is named, with the number that was asked for', async () => {
  const engine = await engineWithPorts();
  await expect(port({ engine }, 'p', { service: 'job', port: 80 })).rejects.toMatchObject({
    code: 'service-not-running',
    message: 'service "job" is not running',
  });
  await expect(port({ engine }, 'p', { service: 'web', port: 80, index: 7 })).rejects.toThrow(
    'service "web" is not running container #7',
  );
});
