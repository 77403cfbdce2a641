import { expect, test } from 'vitest';
import { copyName, copyProject } from '../../../src/state/copy-project.ts';
import { desiredState } from '../../../src/state/derive-desired-state.ts';
import { isolationFindings } from '../../../src/state/isolation-findings.ts';
import { projectOf } from './project-of.ts';

const project = projectOf({
  services: {
    db: { container_name: 'the-db', volumes: [{ type: 'volume', source: 'data', target: '/data' }] },
    side: { network_mode: 'container:the-db', volumes_from: ['container:the-db:ro'] },
    web: { build: { context: '.' }, networks: { default: null, outside: null } },
  },
  networks: {
    default: { driver_opts: { 'com.docker.network.bridge.name': 'br-shop', mtu: '1400' } },
    outside: { name: 'lan', external: true },
  },
  volumes: { data: { name: 'shop-data' }, old: { name: 'archive', external: true } },
});

test('everything of a copy has names of its own, but for what is external', () => {
  const copy = copyProject(project, { name: 'Feature X' });
  expect(copy.name).toBe('shop-featurex');
  expect(copy.networks).toMatchObject({ default: { name: 'shop-featurex_default' }, outside: { name: 'lan' } });
  expect(copy.networks['default']?.driver_opts).toEqual({ mtu: '1400' });
  expect(copy.volumes).toMatchObject({ data: { name: 'shop-featurex_data' }, old: { name: 'archive' } });
  expect(copy.origin.instance).toEqual({ name: 'featurex', of: 'shop', leased: false, isolate: 'warn' });
});

test('a container name goes, stays as an alias, and leads to the service where another one joins it', () => {
  const { services } = copyProject(project, { name: 'x' });
  expect(services['db']).not.toHaveProperty('container_name');
  expect(services['db']?.networks).toEqual({ default: { aliases: ['the-db'] } });
  expect(services['side']).toMatchObject({
    network_mode: 'service:db',
    volumes_from: ['db:ro'],
    depends_on: { db: { condition: 'service_started', restart: true, required: true } },
  });
});

test('every resource of a copy says which copy it belongs to, and a leased one that it may go', () => {
  const copy = desiredState(copyProject(project, { name: 'x', leased: true }), { toolVersion: '0' });
  const marks = { 'dev.topsail.instance': 'x', 'dev.topsail.instance.of': 'shop', 'dev.topsail.leased': 'true' };
  expect(copy.services[0]?.template.Labels).toMatchObject(marks);
  expect(copy.networks[0]?.request.Labels).toMatchObject(marks);
  expect(copy.volumes[0]?.request.Labels).toMatchObject(marks);
  const plain = desiredState(project, { toolVersion: '0' });
  expect(Object.keys(plain.services[0]?.template.Labels ?? {}).join()).not.toContain('dev.topsail');
});

test('a leased copy takes the image of the project, another one builds its own', () => {
  expect(copyProject(project, { name: 'x', leased: true }).services['web']?.image).toBe('busybox');
  const { image: _, ...unnamed } = { ...project.services['web'], command: null, entrypoint: null };
  const built = { ...project, services: { web: unnamed } };
  expect(copyProject(built, { name: 'x', leased: true }).services['web']?.image).toBe('shop-web');
  expect(copyProject(built, { name: 'x' }).services['web']?.image).toBeUndefined();
});

test('a name without letters and digits is refused', () => {
  expect(() => copyName('shop', '--')).toThrow('"--" cannot name a copy');
});

test('what copies share is found, and is an error where isolation is strict', () => {
  const sharing = projectOf({
    services: {
      host: { network_mode: 'host', ipc: 'container:other' },
      app: {
        networks: { lan: null, wire: null },
        external_links: ['old'],
        volumes: [
          { type: 'bind', source: '/src/code', target: '/app' },
          { type: 'bind', source: '/etc/ssl', target: '/ssl', read_only: true },
          { type: 'bind', source: '/var/log/app', target: '/log' },
        ],
      },
    },
    networks: { lan: { external: true }, wire: { driver: 'macvlan' } },
    volumes: { nfs: { driver_opts: { type: 'nfs', device: ':/export' } }, old: { external: true } },
  });
  const found = isolationFindings(copyProject(sharing, { name: 'x', privateFolder: '/src' }));
  expect(found.map(({ path, message }) => `${String(path)}: ${message}`)).toEqual([
    'services.host.network_mode: service "host" uses the network of the host, whose ports only one copy can have',
    'services.host.ipc: service "host" joins container:other, which is the same for every copy',
    'services.app.external_links.0: service "app" is linked to old, which is the same for every copy',
    'services.app.volumes.2: service "app" writes to /var/log/app of the host, as every copy does',
    'networks.lan: network "lan" is external: every copy joins it',
    'networks.wire.driver: network "wire" is a macvlan network of the host, whose addresses are the same for every copy',
    'volumes.nfs.driver_opts: volume "nfs" lies at :/export for every copy',
    'volumes.old: volume "old" is external: every copy mounts it',
  ]);
  expect(new Set(found.map(({ severity }) => severity))).toEqual(new Set(['warning']));
  const strict = isolationFindings(copyProject(sharing, { name: 'x', isolate: 'strict' }));
  expect(new Set(strict.map(({ severity }) => severity))).toEqual(new Set(['error']));
  expect(isolationFindings(sharing)).toEqual([]);
});
