import { expect, test } from 'vitest';
import { up } from '../../../src/compose/up.ts';
import { EngineError } from '../../../src/engine/engine-error.ts';
import type { HostNetwork } from '../../../src/engine/host-network.ts';
import type { NetworkCreateRequest } from '../../../src/engine/resource.ts';
import type { TopsailEvent } from '../../../src/events/event.ts';
import type { Project } from '../../../src/project/project.ts';
import { copyProject } from '../../../src/state/copy-project.ts';
import { type Laboratory, laboratory } from './laboratory.ts';

const shop = `
services:
  db: {image: app, container_name: the-db, ports: ['5432:5432'], networks: {default: {ipv4_address: 172.28.0.9}}}
networks: {default: {ipam: {config: [{subnet: 172.28.0.0/16}]}}}
`;

async function published({ engine }: Laboratory, container: string): Promise<string | undefined> {
  const { HostConfig: host } = await engine.containers.inspect(container);
  return host.PortBindings?.['5432/tcp']?.[0]?.HostPort;
}

async function copy(lab: Laboratory, name: string): Promise<Project> {
  return copyProject(await lab.project(shop), { name });
}

test('copies of a file with fixed ports, names and addresses run beside it, and a second up changes nothing', async () => {
  const lab = laboratory();
  await up(lab.ports, await lab.project(shop));
  await up(lab.ports, await copy(lab, 'x'));
  await up(lab.ports, await copy(lab, 'y'));
  const ports = await Promise.all(['the-db', 'p-x-db-1', 'p-y-db-1'].map((name) => published(lab, name)));
  expect(new Set(ports).size).toBe(3);

  lab.engine.control.forgetCalls();
  await up(lab.ports, await copy(lab, 'x'));
  expect(lab.engine.control.writes()).toEqual([]);
});

test('a port that somebody took meanwhile is given up for another one', async () => {
  const lab = laboratory();
  const held = lab.engine.control.hold('containers.start p-x-db-1');
  const texts: string[] = [];
  const onEvent = (event: TopsailEvent): void => {
    if (event.type === 'warning') texts.push(event.text);
  };
  const running = up(lab.ports, await copy(lab, 'x'), { onEvent });
  await held.arrived();
  const wanted = String(await published(lab, 'p-x-db-1'));
  const body = { Image: 'app', HostConfig: { PortBindings: { '1/tcp': [{ HostPort: wanted }] } } };
  const { id } = await lab.engine.containers.create({ name: 'faster', body });
  await lab.engine.containers.start(id);
  held.release();
  await running;
  expect(await published(lab, 'p-x-db-1')).toMatch(/^2\d{4}$/);
  expect(await published(lab, 'p-x-db-1')).not.toBe(wanted);
  expect((await lab.engine.containers.inspect('p-x-db-1')).State.Status).toBe('running');
  expect(texts).toEqual([`somebody was faster to take port ${wanted}; the copy is assigned another one`]);
});

test('a subnet that somebody took meanwhile is given up for another one', async () => {
  const lab = laboratory();
  const held = lab.engine.control.hold('networks.create p-x_default');
  const running = up(lab.ports, await copy(lab, 'x'));
  await held.arrived();
  const request = held.waiting[0]?.details as NetworkCreateRequest | undefined;
  const wanted = request?.IPAM?.Config;
  await lab.engine.networks.create({ Name: 'faster', IPAM: { Config: wanted ?? [] } });
  held.release();
  await running;
  const [network] = await lab.engine.networks.list({ names: ['p-x_default'] });
  expect(network?.IPAM?.Config).toHaveLength(1);
  expect(network?.IPAM?.Config).not.toEqual(wanted);
});

test('another failure than a taken port ends it at once', async () => {
  const lab = laboratory();
  lab.engine.control.fail('containers.start p-x-db-1', new EngineError('server', 'no', { statusCode: 500 }));
  await expect(up(lab.ports, await copy(lab, 'x'))).rejects.toThrow('service "db"');
  expect(lab.engine.control.writes().filter((write) => write.startsWith('containers.start'))).toHaveLength(1);
});

test('ports that programs of the machine have are passed over', async () => {
  const lab = laboratory();
  const asked: number[] = [];
  const hostNetwork: HostNetwork = {
    isPortFree: (port) => {
      asked.push(port);
      return Promise.resolve(asked.length > 3);
    },
    routes: () => Promise.resolve(['10.0.0.0/8']),
  };
  await up(lab.ports, await copy(lab, 'x'), { hostNetwork });
  expect(await published(lab, 'p-x-db-1')).toBe(String(asked[3]));
  const [network] = await lab.engine.networks.list({ names: ['p-x_default'] });
  expect(network?.IPAM?.Config?.[0]?.Subnet).toMatch(/^172\.3[01]\./);
});

test('a project that has the name of a copy already is not taken over', async () => {
  const lab = laboratory();
  const { name: _, ...rest } = await lab.project('services: {web: {image: app}}');
  await up(lab.ports, { ...rest, name: 'p-x' });
  await expect(up(lab.ports, await copy(lab, 'x'))).rejects.toThrow(
    'copy x of p would be p-x, which is another project',
  );
});

test('what a copy shares with others is told, and refused where isolation is strict', async () => {
  const lab = laboratory();
  const sharing = await lab.project('services: {web: {image: app, network_mode: host}}');
  const events: TopsailEvent[] = [];
  await up(lab.ports, copyProject(sharing, { name: 'x' }), { onEvent: (event) => events.push(event) });
  expect(events[0]).toMatchObject({ type: 'diagnostic', diagnostic: { code: 'not-isolated', severity: 'warning' } });
  await expect(up(lab.ports, copyProject(sharing, { name: 'y', isolate: 'strict' }))).rejects.toMatchObject({
    code: 'not-isolated',
  });
});
