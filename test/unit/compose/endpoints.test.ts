import { expect, test } from 'vitest';
import type { ContainerRow, Publisher } from '../../../src/compose/container-row.ts';
import { endpointVariables } from '../../../src/compose/endpoint-variables.ts';
import { endpoints, rowEndpoints } from '../../../src/compose/endpoints.ts';
import { up } from '../../../src/compose/up.ts';
import { laboratory } from './laboratory.ts';

const local = 'unix:///run/docker.sock';

function row(service: string, number: number, publishers: readonly Partial<Publisher>[]): ContainerRow {
  const all = publishers.map((publisher) => ({
    URL: '0.0.0.0',
    TargetPort: 80,
    PublishedPort: 0,
    Protocol: 'tcp',
    ...publisher,
  }));
  // Only what endpoints look at.
  return { service, number, oneOff: false, publishers: all } as unknown as ContainerRow;
}

test('published ports of running containers are listed by service, port and replica', async () => {
  const lab = laboratory();
  const project = await lab.project(`
services:
  web: {image: app, ports: ['80', '443'], scale: 2}
  db: {image: app, ports: ['5432:5432'], expose: ['1']}
`);
  await up(lab.ports, project);
  const found = await endpoints(lab.ports, { name: project.name, project });
  expect(found.map(({ service, target, replica }) => [service, target, replica])).toEqual([
    ['db', 5432, 1],
    ['web', 80, 1],
    ['web', 80, 2],
    ['web', 443, 1],
    ['web', 443, 2],
  ]);
  expect(found[0]).toEqual({ service: 'db', replica: 1, target: 5432, protocol: 'tcp', host: '127.0.0.1', port: 5432 });
});

test.each([
  [local, '0.0.0.0', '127.0.0.1'],
  [local, '::', '::1'],
  [local, '127.0.0.2', '127.0.0.2'],
  [local, '10.1.1.1', '10.1.1.1'],
  ['tcp://build-7:2376', '0.0.0.0', 'build-7'],
  ['tcp://build-7:2376', '127.0.0.1', 'build-7'],
  ['tcp://[fd00::7]:2376', '', 'fd00::7'],
  ['ssh://me@build-7', '::', 'build-7'],
])('of the engine at %s what is published at %j is reached at %s', (engine, address, host) => {
  const [found] = rowEndpoints([row('web', 1, [{ URL: address, PublishedPort: 9 }])], engine);
  expect(found?.host).toBe(host);
});

test('a port that is published for both versions of the protocol is one endpoint', () => {
  const both = [
    { URL: '::', PublishedPort: 9 },
    { URL: '0.0.0.0', PublishedPort: 9 },
  ];
  expect(rowEndpoints([row('web', 1, both)], local).map(({ host }) => host)).toEqual(['127.0.0.1']);
});

test('as variables they have the names of the services, and a short one where there is one port only', () => {
  const rows = [
    row('my-db', 1, [{ TargetPort: 5432, PublishedPort: 1 }]),
    row('web', 1, [{ PublishedPort: 2 }, { TargetPort: 53, Protocol: 'udp', PublishedPort: 3 }]),
    row('web', 2, [{ PublishedPort: 4 }]),
  ];
  expect(Object.fromEntries(endpointVariables(rowEndpoints(rows, local)))).toEqual({
    MY_DB_HOST: '127.0.0.1',
    MY_DB_PORT: '1',
    MY_DB_PORT_5432: '1',
    WEB_2_HOST: '127.0.0.1',
    WEB_2_PORT: '4',
    WEB_2_PORT_80: '4',
    WEB_HOST: '127.0.0.1',
    WEB_PORT_53_UDP: '3',
    WEB_PORT_80: '2',
  });
});
