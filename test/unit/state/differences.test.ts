import { describe, expect, test } from 'vitest';
import type { ContainerInspect } from '../../../src/engine/container.ts';
import type { ImageInspect } from '../../../src/engine/resource.ts';
import { createMemoryEngine } from '../../../src/memory-engine/create-memory-engine.ts';
import { containerRequest } from '../../../src/state/container-request.ts';
import { desiredState } from '../../../src/state/derive-desired-state.ts';
import { differences } from '../../../src/state/differences.ts';
import type { FieldChange } from '../../../src/state/field-change.ts';
import { projectOf, type ServiceSketch } from './project-of.ts';

const image: ImageInspect = {
  Id: 'sha256:1',
  Config: {
    Env: ['PATH=/bin', 'LANG=C'],
    Cmd: ['serve'],
    Entrypoint: ['/entry'],
    WorkingDir: '/srv',
    User: 'app',
    Labels: { maintainer: 'someone' },
    Volumes: { '/var/lib/app': {} },
    ExposedPorts: { '80/tcp': {} },
    StopSignal: 'SIGQUIT',
    Healthcheck: { Test: ['CMD', 'check'], Interval: 5e9 },
  },
};

const full: ServiceSketch = {
  command: ['run', 'it'],
  environment: { A: '1', LANG: null },
  labels: { tier: 'front' },
  ports: [{ target: 80, published: '8080' }],
  expose: ['90-91'],
  healthcheck: { interval: '10s' },
  cap_add: ['NET_ADMIN'],
  mem_limit: '1048576',
  cpus: 0.7,
  restart: 'on-failure:3',
  extra_hosts: ['db=1.2.3.4'],
  ulimits: { nofile: { soft: 1, hard: 2 } },
  logging: { driver: 'local', options: { 'max-size': '5m' } },
  sysctls: { 'net.core.somaxconn': '1' },
  tmpfs: ['/run', '/tmp:size=1m'],
  volumes: [
    { type: 'bind', source: '/src', target: '/dst/', bind: { create_host_path: true } },
    { type: 'volume', source: 'data', target: '/data' },
    { type: 'volume', target: '/cache' },
    { type: 'tmpfs', target: '/t', tmpfs: { size: '1000', mode: 0o700 } },
  ],
  networks: { default: { aliases: ['w'], ipv4_address: '10.0.0.9' } },
};

function wanted(sketch: ServiceSketch) {
  const project = projectOf({ services: { web: sketch }, volumes: { data: {} } });
  const [service] = desiredState(project, { toolVersion: '0.1.0' }).services;
  if (service === undefined) throw new Error('no service');
  return containerRequest(service, 1, { apiVersion: '1.51', imageDigest: image.Id });
}

/** The inspect of a container that an in-process engine made for the service. */
async function made(sketch: ServiceSketch): Promise<ContainerInspect> {
  const engine = createMemoryEngine({
    images: [{ reference: 'busybox', id: image.Id, config: image.Config ?? {} }],
  });
  await engine.networks.create({ Name: 'shop_default' });
  const { id } = await engine.containers.create(wanted(sketch));
  return engine.containers.inspect(id);
}

function texts(changes: readonly FieldChange[]): readonly string[] {
  return changes.map(({ path, before, after }) => `${path}: ${before} -> ${after}`);
}

async function changes(before: ServiceSketch, after: ServiceSketch): Promise<readonly string[]> {
  return texts(differences(wanted(after), await made(before), image));
}

describe('nothing differs', () => {
  test.each([
    ['a service of an image alone', {}],
    ['a service with much to say', full],
    ['an overridden entrypoint, which drops the command of the image', { entrypoint: ['sleep'] }],
    ['a disabled check', { healthcheck: { disable: true } }],
    ['no network', { network_mode: 'none' }],
  ] as const)('for %s', async (_, sketch) => {
    expect(await changes(sketch, sketch)).toEqual([]);
  });

  test('when the image the container was made from is gone', async () => {
    expect(texts(differences(wanted(full), await made(full), undefined))).toEqual([]);
  });

  test('between the two forms of one mount, and for volumes handed on from an earlier container', async () => {
    const inspect = await made(full);
    const volume = 'a'.repeat(64);
    const handedOn: ContainerInspect = {
      ...inspect,
      HostConfig: {
        ...inspect.HostConfig,
        Binds: ['shop_data:/data:rw'],
        Mounts: [
          { Type: 'bind', Source: '/src', Target: '/dst' },
          { Type: 'tmpfs', Target: '/t', TmpfsOptions: { SizeBytes: 1000, Mode: 0o700 } },
          { Type: 'volume', Source: volume, Target: '/cache' },
          { Type: 'volume', Source: volume, Target: '/var/lib/app' },
        ],
      },
    };
    expect(texts(differences(wanted(full), handedOn, image))).toEqual([]);
  });

  test('for what engines write into a container by themselves', async () => {
    const inspect = await made({});
    const filled = {
      ...inspect,
      Config: { ...inspect.Config, StopSignal: 'SIGQUIT', StopTimeout: 10, MacAddress: '' },
      HostConfig: {
        ...inspect.HostConfig,
        CgroupnsMode: 'host',
        IpcMode: 'shareable',
        MemorySwappiness: -1,
        PidsLimit: 0,
        OomKillDisable: false,
        LogConfig: { Type: 'json-file', Config: {} },
        MaskedPaths: ['/proc/asound'],
        ReadonlyPaths: ['/proc/bus'],
      },
      NetworkSettings: {
        Networks: {
          shop_default: { Aliases: ['shop-web-1', 'web', inspect.Id.slice(0, 12)], MacAddress: '02:42:00:00:00:01' },
        },
      },
    };
    expect(texts(differences(wanted({}), filled, image))).toEqual([]);
  });
});

describe('each field is named', () => {
  test('variables one by one, as secrets', async () => {
    const found = differences(
      wanted({ environment: { A: '2', B: 'new' } }),
      await made({ environment: { A: '1', C: 'old' } }),
      image,
    );
    expect(found).toEqual([
      { path: 'environment.A', before: '1', after: '2', secret: true },
      { path: 'environment.B', before: undefined, after: 'new', secret: true },
      { path: 'environment.C', before: 'old', after: undefined, secret: true },
    ]);
  });

  test('a variable that the file takes away from the image', async () => {
    expect(await changes({}, { environment: { LANG: null } })).toEqual(['environment.LANG: C -> (unset)']);
  });

  test.each<[string, ServiceSketch, ServiceSketch, readonly string[]]>([
    ['command', { command: ['a'] }, { command: ['a', 'b'] }, ['command: ["a"] -> ["a","b"]']],
    ['command back to the image', { command: ['a'] }, {}, ['command: ["a"] -> ["serve"]']],
    ['user', {}, { user: 'root' }, ['user: app -> root']],
    ['labels', { labels: { a: '1' } }, { labels: { a: '2' } }, ['labels.a: 1 -> 2']],
    [
      'ports',
      { ports: [{ target: 80, published: '8080' }] },
      { ports: [{ target: 80, published: '8081' }] },
      ['ports.80/tcp: 8080 -> 8081'],
    ],
    ['ports gone', { ports: [{ target: 9, published: '9' }] }, {}, ['ports.9/tcp: 9 -> undefined']],
    ['expose', {}, { expose: ['5'] }, ['expose: 80/tcp -> 5/tcp, 80/tcp']],
    ['limits', { mem_limit: '1048576' }, { mem_limit: '2097152' }, ['mem_limit: 1048576 -> 2097152']],
    [
      'ulimits and devices',
      { ulimits: { nofile: { soft: 1, hard: 2 } } },
      { devices: [{ source: '/dev/null', target: '/dev/n', permissions: 'rw' }] },
      ['ulimits: nofile=1:2 -> undefined', 'devices: undefined -> /dev/null:/dev/n:rw'],
    ],
    ['cpus', { cpus: 0.5 }, {}, ['cpus: 0.5 -> undefined']],
    ['restart', {}, { restart: 'always' }, ['restart: no -> always']],
    ['capabilities', { cap_add: ['NET_ADMIN'] }, { cap_add: ['SYS_TIME'] }, ['cap_add: NET_ADMIN -> SYS_TIME']],
    ['healthcheck', {}, { healthcheck: { test: ['CMD', 'x'] } }, ['healthcheck.test: ["CMD","check"] -> ["CMD","x"]']],
    ['healthcheck times', {}, { healthcheck: { interval: '1m30s' } }, ['healthcheck.interval: 5s -> 1m30s']],
    ['logging', { logging: { driver: 'syslog' } }, {}, ['logging.driver: syslog -> ']],
    [
      'security',
      {},
      { security_opt: ['systempaths=unconfined'] },
      ['security_opt: undefined -> systempaths=unconfined'],
    ],
    [
      'networks',
      {},
      { networks: { other: null } },
      ['networks.other: undefined -> joined', 'networks.shop_default: joined -> undefined'],
    ],
    ['aliases', {}, { networks: { default: { aliases: ['w'] } } }, ['networks.shop_default.aliases: web -> w, web']],
    ['network mode', {}, { network_mode: 'host' }, ['network_mode: shop_default -> host']],
    [
      'name',
      {},
      { container_name: 'mine' },
      ['container_name: shop-web-1 -> mine', 'networks.shop_default.aliases: web -> mine, web'],
    ],
    [
      'mount',
      { volumes: [{ type: 'bind', source: '/a', target: '/t' }] },
      { volumes: [{ type: 'bind', source: '/b', target: '/t', read_only: true }] },
      ['volumes./t: bind /a -> bind /b ro'],
    ],
    [
      'stop',
      {},
      { stop_grace_period: '5s', stop_signal: 'SIGINT' },
      ['stop_signal: SIGQUIT -> SIGINT', 'stop_grace_period: undefined -> 5s'],
    ],
  ])('%s', async (_, before, after, expected) => {
    expect(await changes(before, after)).toEqual(expected);
  });
});
