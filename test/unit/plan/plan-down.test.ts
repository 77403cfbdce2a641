import { describe, expect, test } from 'vitest';
import { observeByLabels } from '../../../src/observe/observe-project.ts';
import { type DownPolicy, planDown } from '../../../src/plan/plan-down.ts';
import { planStop } from '../../../src/plan/plan-stop.ts';
import { renderPlan } from '../../../src/plan/render-plan.ts';
import { desire, type Laboratory, laboratory, type ProjectSketch } from './plan-laboratory.ts';

const started = { condition: 'service_started', required: true } as const;

const shop = {
  services: {
    web: { depends_on: { api: started, cache: started }, scale: 2 },
    api: { depends_on: { db: started } },
    cache: {},
    db: { volumes: [{ type: 'volume', source: 'data', target: '/data' }] },
  },
  volumes: { data: {} },
} satisfies ProjectSketch;

async function running(project: ProjectSketch = shop): Promise<Laboratory> {
  const lab = laboratory();
  await lab.up(project);
  return lab;
}

async function downText(lab: Laboratory, project: ProjectSketch | undefined, policy?: DownPolicy): Promise<string> {
  const clock = { now: () => 0, sleep: () => Promise.reject(new Error('nothing sleeps here')) };
  const observed =
    project === undefined ? await observeByLabels(lab.engine, 'shop', clock) : await lab.observe(project);
  return renderPlan(planDown(project === undefined ? undefined : desire(project), observed, policy).plan).trimEnd();
}

describe('down', () => {
  test('of a disposable stack removes all containers at once, without stopping any', async () => {
    const lab = await running();
    const text = await downText(lab, undefined, { disposable: true, volumes: true, removeOrphans: true });
    expect(text.split('\n').toSorted()).toEqual([
      'remove container:api:1 (down)',
      'remove container:cache:1 (down)',
      'remove container:db:1 (down)',
      'remove container:web:1 (down)',
      'remove container:web:2 (down)',
      'remove network:default (down) after remove container:web:2, remove container:web:1, remove container:cache:1, remove container:api:1, remove container:db:1',
      'remove volume:data (down) after remove container:db:1',
    ]);
  });

  test('stops dependents first, each container as soon as it may, and removes networks last', async () => {
    const lab = await running();
    expect((await downText(lab, shop)).split('\n').toSorted()).toEqual(
      `stop container:web:2 (down)
stop container:web:1 (down)
stop container:api:1 (down) after stop container:web:1, stop container:web:2
stop container:cache:1 (down) after stop container:web:1, stop container:web:2
stop container:db:1 (down) after stop container:api:1
remove container:web:2 (down) after stop container:web:2
remove container:web:1 (down) after stop container:web:1
remove container:api:1 (down) after stop container:api:1
remove container:cache:1 (down) after stop container:cache:1
remove container:db:1 (down) after stop container:db:1
remove network:default (down) after remove container:web:2, remove container:web:1, remove container:cache:1, remove container:api:1, remove container:db:1`
        .split('\n')
        .toSorted(),
    );
  });

  test('knows the order without the file, from labels', async () => {
    const lab = await running();
    const withFile = await downText(lab, shop);
    expect(await downText(lab, undefined)).toBe(withFile);
  });

  test('passes through dependents that have no container', async () => {
    const lab = await running();
    await lab.engine.containers.remove('shop-api-1', { force: true });
    expect(await downText(lab, shop)).toContain(
      'stop container:db:1 (down) after stop container:web:1, stop container:web:2',
    );
  });

  test('with -v removes the volumes of the project and the anonymous ones of its containers', async () => {
    const lab = await running();
    await lab.engine.volumes.create({ Name: 'shop_other' });
    const text = await downText(lab, shop, { volumes: true });
    expect(text).toContain('remove volume:data (down) after remove container:db:1');
    expect(text).not.toContain('other');
    await lab.down(shop, { volumes: true });
    expect((await lab.engine.volumes.list({})).map(({ Name: name }) => name)).toEqual(['shop_other']);
  });

  test('takes the labelled networks that the file no longer names, and such volumes with the orphans only', async () => {
    const lab = laboratory();
    const labels = { 'com.docker.compose.project': 'shop' };
    await lab.engine.networks.create({ Name: 'shop_old', Labels: labels });
    await lab.engine.volumes.create({
      Name: 'shop_store',
      Labels: { ...labels, 'com.docker.compose.volume': 'store' },
    });
    await lab.engine.volumes.create({ Name: 'nameless', Labels: labels });
    const project: ProjectSketch = { services: { web: {} } };
    expect(await downText(lab, project)).toBe('remove network:shop_old (down)');
    const kept = await downText(lab, project, { volumes: true });
    expect(kept).toContain('remove volume:nameless (down)');
    expect(kept).not.toContain('volume:store');
    expect(await downText(lab, project, { volumes: true, removeOrphans: true })).toContain(
      'remove volume:store (down)',
    );
    expect(await downText(lab, undefined, { volumes: true })).toContain('remove volume:store (down)');
  });

  test('never removes what is external, nor what carries no label of the project', async () => {
    const lab = laboratory();
    const labels = { 'com.docker.compose.project': 'shop' };
    await lab.engine.networks.create({ Name: 'outside', Labels: labels });
    await lab.engine.volumes.create({ Name: 'store', Labels: labels });
    await lab.engine.networks.create({ Name: 'shop_default' });
    const project: ProjectSketch = {
      services: { web: {} },
      networks: { out: { name: 'outside', external: true } },
      volumes: { store: { name: 'store', external: true } },
    };
    expect(await downText(lab, project, { volumes: true })).toBe('nothing to do');
  });

  test('leaves orphans, one-offs and disabled services, and says what stays in use', async () => {
    const lab = await running({ services: { web: {}, old: {}, debug: {} } });
    const now: ProjectSketch = {
      services: { web: {} },
      origin: { disabledServices: { debug: { command: null, entrypoint: null } } },
    };
    expect(await downText(lab, now)).toBe(`stop container:web:1 (down)
remove container:web:1 (down) after stop container:web:1
orphans: orphan containers stay (shop-old-1); --remove-orphans removes them
warning: network:default network shop_default stays: Resource is still in use by shop-debug-1, shop-old-1`);
    expect(await downText(lab, now, { removeOrphans: true })).toContain('remove container:old:1 (down)');
  });

  test('of some services takes only them', async () => {
    const lab = await running();
    expect(await downText(lab, shop, { services: ['cache'], timeoutSeconds: 3 })).toBe(`stop container:cache:1 (down)
remove container:cache:1 (down) after stop container:cache:1
warning: network:default network shop_default stays: Resource is still in use by shop-api-1, shop-db-1, shop-web-1, shop-web-2`);
  });

  test('of some services takes their dependents along where labels alone tell of them', async () => {
    const lab = await running();
    const { plan } = planDown(undefined, await lab.observe(shop), { services: ['cache'] });
    expect(renderPlan(plan).trimEnd()).toBe(`stop container:web:2 (down)
stop container:web:1 (down)
stop container:cache:1 (down) after stop container:web:1, stop container:web:2
remove container:web:2 (down) after stop container:web:2
remove container:web:1 (down) after stop container:web:1
remove container:cache:1 (down) after stop container:cache:1
warning: network:default network shop_default stays: Resource is still in use by shop-api-1, shop-db-1`);
  });

  test('of some services where labels alone tell of them removes the networks and volumes that nothing else uses', async () => {
    const lab = await running();
    expect(await downText(lab, undefined, { services: ['web', 'db'], volumes: true })).toContain(
      `remove volume:data (down) after remove container:db:1
warning: network:default network shop_default stays: Resource is still in use by shop-cache-1`,
    );
    expect(await downText(lab, undefined, { services: ['db', 'cache', 'api', 'nope'] })).toContain(
      'remove network:default (down) after',
    );
  });

  test('of services that no container has, by labels alone, says so and does nothing', async () => {
    const lab = await running();
    expect(await downText(lab, undefined, { services: ['nope', 'not'], volumes: true })).toBe(
      'nothing to do\nwarning: Any of the services [nope not] not running in project "shop"',
    );
  });

  test('with --rmi removes images once nothing of the project uses them', async () => {
    const lab = laboratory({ images: ['busybox', 'shop-own'] });
    const project: ProjectSketch = { services: { web: {}, own: { image: 'shop-own' } } };
    await lab.up(project);
    expect(await downText(lab, project, { images: 'all' })).toContain(
      'remove image:busybox (down) after remove container:web:1',
    );
    const local = await downText(lab, project, { images: 'local' });
    expect(local).toContain('remove image:shop-own (down) after remove container:own:1');
    expect(local).not.toContain('remove image:busybox');
  });

  test('with --rmi local removes what carries the labels of the project, under the names the project gave it', async () => {
    const labels = { 'com.docker.compose.project': 'shop', 'com.docker.compose.service': 'web' };
    const gone = { ...labels, 'com.docker.compose.service': 'gone' };
    const images = ['busybox', { reference: 'r.example/web:1', labels }, { reference: 'shop-gone', labels: gone }];
    const lab = laboratory({ images });
    const project: ProjectSketch = { services: { web: { image: 'r.example/web:1' }, db: {} } };
    await lab.up(project);
    const builtImages = await lab.engine.images.list({ labels: ['com.docker.compose.project=shop'] });
    const observed = { ...(await lab.observe(project)), builtImages };
    const removed = (policy: DownPolicy): readonly string[] =>
      planDown(desire(project), observed, { images: 'local', ...policy }).plan.nodes.flatMap(({ operation }) =>
        operation.kind === 'remove-image' ? operation.reference : [],
      );
    expect(removed({})).toEqual(['r.example/web:1']);
    expect(removed({ services: ['db'] })).toEqual([]);
    expect(removed({ removeOrphans: true })).toEqual(['r.example/web:1', 'shop-gone:latest']);
  });

  test('with --rmi local takes every name that the file gives a build, once, however the engine writes it', async () => {
    const labels = { 'com.docker.compose.project': 'shop', 'com.docker.compose.service': 'web' };
    const lab = laboratory({ images: [{ reference: 'shop-web', labels }] });
    const project: ProjectSketch = { services: { web: { build: { context: '.', tags: ['shop-web:2'] } } } };
    const [image] = await lab.engine.images.list({ labels: ['com.docker.compose.project=shop'] });
    if (image === undefined) throw new Error('no image');
    const RepoTags = ['docker.io/library/shop-web:latest', 'docker.io/library/shop-web:2', 'somebody/else:1'];
    const observed = { ...(await lab.observe(project)), builtImages: [{ ...image, RepoTags }] };
    const { plan } = planDown(desire(project), observed, { images: 'local' });
    expect(plan.nodes.map(({ id }) => id)).toEqual([
      'remove image:docker.io/library/shop-web:latest',
      'remove image:docker.io/library/shop-web:2',
    ]);
  });

  test('of nothing is nothing', async () => {
    expect(await downText(laboratory(), shop)).toBe('nothing to do');
  });
});

describe('stop', () => {
  test('stops what runs, dependents first, and removes nothing', async () => {
    const lab = await running();
    await lab.engine.containers.stop('shop-cache-1');
    const { plan } = planStop(desire(shop), await lab.observe(shop), { timeoutSeconds: 5 });
    expect(renderPlan(plan)).toBe(`stop container:web:2 (stop)
stop container:web:1 (stop)
stop container:api:1 (stop) after stop container:web:1, stop container:web:2
stop container:db:1 (stop) after stop container:api:1
`);
    expect(plan.nodes[0]?.operation).toMatchObject({ kind: 'stop-container', timeoutSeconds: 5 });
  });

  test('of some services leaves their dependents running', async () => {
    const lab = await running();
    const { plan } = planStop(undefined, await lab.observe(shop), { services: ['db', 'api'] });
    expect(plan.nodes.map(({ id }) => id)).toEqual(['stop container:api:1', 'stop container:db:1']);
  });
});
