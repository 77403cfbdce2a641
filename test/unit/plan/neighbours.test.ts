import { describe, expect, test } from 'vitest';
import { fillReferences } from '../../../src/state/container-references.ts';
import { desire, type Laboratory, laboratory, type ProjectSketch } from './plan-laboratory.ts';

const dependsOn = (service: string) => ({
  depends_on: { [service]: { condition: 'service_started', required: true, restart: true } } as const,
});

const shared: ProjectSketch = {
  services: {
    db: {},
    web: {
      network_mode: 'service:db',
      ipc: 'service:db',
      pid: 'service:db',
      volumes_from: ['db:ro'],
      ...dependsOn('db'),
    },
  },
};

async function hostConfig(lab: Laboratory, name: string): Promise<Readonly<Record<string, unknown>>> {
  return { ...(await lab.engine.containers.inspect(name)).HostConfig };
}

async function idOf(lab: Laboratory, name: string): Promise<string> {
  return (await lab.engine.containers.inspect(name)).Id;
}

describe('a container that shares in another one', () => {
  test('is made after it, with its id', async () => {
    const lab = laboratory();
    expect((await lab.text(shared)).split('\n')).toContain(
      'create container:web:1 (not created yet) after create container:db:1',
    );
    await lab.up(shared);
    const id = await idOf(lab, 'shop-db-1');
    expect(await hostConfig(lab, 'shop-web-1')).toMatchObject({
      NetworkMode: `container:${id}`,
      IpcMode: `container:${id}`,
      PidMode: `container:${id}`,
      VolumesFrom: [`${id}:ro`],
    });
  });

  test('is labelled with the hash of its definition with that id in it', async () => {
    const lab = laboratory();
    await lab.up({ services: { db: {}, web: { network_mode: 'service:db', ...dependsOn('db') } } });
    const id = await idOf(lab, 'shop-db-1');
    const [, resolved] = desire({ services: { db: {}, web: { network_mode: `container:${id}` } } }).services;
    const { Config: config } = await lab.engine.containers.inspect('shop-web-1');
    expect(config.Labels?.['com.docker.compose.config-hash']).toBe(resolved?.hash);
  });

  test('stays while that one stays', async () => {
    const lab = laboratory();
    await lab.up(shared);
    expect(await lab.text(shared)).toBe('nothing to do');
  });

  test('is made anew with it', async () => {
    const lab = laboratory();
    await lab.up(shared);
    const after = { services: { ...shared.services, db: { user: 'root' } } };
    expect(await lab.text(after)).toContain('recreate container:web:1 (db, which it shares in, is made anew)');
    lab.engine.control.forgetCalls();
    await lab.up(after);
    expect(await hostConfig(lab, 'shop-web-1')).toMatchObject({
      NetworkMode: `container:${await idOf(lab, 'shop-db-1')}`,
    });
    expect(lab.engine.control.writes().filter((write) => write.startsWith('containers.remove'))).toEqual([
      'containers.remove shop-web-1',
      'containers.remove shop-db-1',
    ]);
    expect(await lab.text(after)).toBe('nothing to do');
  });

  test('is made anew with it only if a pull changes it', async () => {
    const lab = laboratory({ images: ['busybox', 'redis:7'], registry: ['busybox', 'redis:7'] });
    const project = { services: { ...shared.services, db: { image: 'redis:7', pull_policy: 'always' } } };
    await lab.up(project);
    expect(await lab.text(project)).toContain(
      'recreate container:web:1 if its image changes (db, which it shares in, is recreated)',
    );
    const before = await idOf(lab, 'shop-web-1');
    await lab.up(project);
    expect(await idOf(lab, 'shop-web-1')).toBe(before);
  });

  test('is made anew when that one was replaced by someone else', async () => {
    const lab = laboratory();
    await lab.up(shared);
    await lab.up(shared, { targets: ['db'], recreate: 'force' });
    expect(await lab.text(shared)).toContain('network_mode: container:');
  });

  test('is made anew with it where that one has to go first', async () => {
    const lab = laboratory();
    const project = (label: string): ProjectSketch => ({
      services: {
        db: { volumes: [{ type: 'volume', source: 'data', target: '/data' }] },
        web: { network_mode: 'service:db', ...dependsOn('db') },
      },
      volumes: { data: { labels: { a: label } } },
    });
    await lab.up(project('1'));
    const before = await idOf(lab, 'shop-web-1');
    await lab.up(project('2'), {}, ['replace volume:data']);
    expect(await idOf(lab, 'shop-web-1')).not.toBe(before);
    expect(await hostConfig(lab, 'shop-web-1')).toMatchObject({
      NetworkMode: `container:${await idOf(lab, 'shop-db-1')}`,
    });
    expect(await lab.text(project('2'))).toBe('nothing to do');
  });

  test('is restarted with it when its network is replaced', async () => {
    const lab = laboratory();
    const project = (label: string): ProjectSketch => ({
      ...shared,
      networks: { default: { labels: { a: label } } },
    });
    await lab.up(project('1'));
    const text = await lab.text(project('2'));
    expect(text).toContain('stop container:web:1 (db, which it shares in, is restarted)');
    expect(text).toMatch(/stop container:db:1 \(network default is replaced\) after stop container:web:1/);
    expect(text).toMatch(/start container:web:1 \(db, which it shares in, is restarted\) after .*start container:db:1/);
  });

  test('is refused where that one has no container and gets none', async () => {
    const lab = laboratory();
    expect(await lab.text(shared, { targets: ['web'], withoutDependencies: true })).toContain(
      'error: service "web" cannot share network namespace with service db: container missing',
    );
    expect(await lab.text(shared, { scale: new Map([['db', 0]]) })).toContain(
      'error: service "web" cannot share volume with service db: container missing',
    );
  });

  test('takes the first container of several, and that of another run of the command', async () => {
    const lab = laboratory();
    await lab.up({ services: { db: { scale: 2 } } });
    await lab.up(
      { services: { ...shared.services, db: { scale: 2 } } },
      { targets: ['web'], withoutDependencies: true },
    );
    expect(await hostConfig(lab, 'shop-web-1')).toMatchObject({ IpcMode: `container:${await idOf(lab, 'shop-db-1')}` });
  });
});

test('links give every container of the linked service an alias and the names of the first Compose', async () => {
  const lab = laboratory();
  await lab.up({
    services: {
      db: { scale: 2 },
      web: { links: ['db:store'], external_links: ['old', 'older:eldest'], ...dependsOn('db') },
    },
  });
  const { NetworkSettings: settings } = await lab.engine.containers.inspect('shop-web-1');
  expect(Object.values(settings.Networks).map(({ Links: links }) => links)).toEqual([
    [
      'shop-db-1:store',
      'shop-db-1:db-1',
      'shop-db-1:shop-db-1',
      'shop-db-2:store',
      'shop-db-2:db-1',
      'shop-db-2:shop-db-1',
      'old:old',
      'older:eldest',
    ],
  ]);
});

test('an id takes the place of every open reference to it', () => {
  expect(fillReferences('a ref(x) b ref(x) c ref(y)', new Map([['ref(x)', '1']]))).toBe('a 1 b 1 c ref(y)');
});
