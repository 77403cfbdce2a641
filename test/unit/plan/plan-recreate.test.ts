import { describe, expect, test } from 'vitest';
import { planUp } from '../../../src/plan/plan-up.ts';
import { hasUnconditionalWork, isEmptyPlan } from '../../../src/plan/plan-work.ts';
import { renderPlan } from '../../../src/plan/render-plan.ts';
import { applyPlan } from './apply-plan.ts';
import { desire, type Laboratory, laboratory, type ProjectSketch } from './plan-laboratory.ts';

const web: ProjectSketch = { services: { web: {} } };

async function running(project: ProjectSketch, ...images: readonly string[]): Promise<Laboratory> {
  const lab = laboratory({ images: ['busybox', ...images], registry: ['busybox', ...images] });
  await lab.up(project);
  return lab;
}

/** The lines of a plan without those of its steps. */
async function headlines(lab: Laboratory, ...plan: Parameters<Laboratory['text']>): Promise<readonly string[]> {
  return (await lab.text(...plan)).split('\n').filter((line) => !line.startsWith('  ') || line.startsWith('    '));
}

describe('a container is replaced', () => {
  test('when a field differs: made under another name; the old one stops, is kept until the new one runs, and passes its name on', async () => {
    const lab = await running({ services: { web: { environment: { A: 'old', B: '1' }, user: 'root' } } });
    const [{ Id: id } = { Id: '' }] = await lab.engine.containers.list({ all: true });
    const after: ProjectSketch = { services: { web: { environment: { A: 'new', B: '1' } } } };
    expect(await lab.text(after)).toBe(`recreate container:web:1 (configuration changed)
    environment.A: *** -> ***
    user: root -> (none)
  create container:web:1
  stop container:web:1 after create container:web:1
start container:web:1 (recreated) after create container:web:1, stop container:web:1
  wait container:web:1 running-or-completed after start container:web:1
  remove container:web:1 after start container:web:1, wait container:web:1 running-or-completed
  rename container:web:1 after create container:web:1, stop container:web:1, remove container:web:1
  discard container:web:1 if that fails after create container:web:1, stop container:web:1, start container:web:1, wait container:web:1 running-or-completed
  restore container:web:1 if that fails after discard container:web:1`);
    const { plan } = await lab.plan(after);
    expect(plan.nodes[0]?.operation).toMatchObject({
      name: `${id.slice(0, 12)}_shop-web-1`,
      request: { Labels: { 'com.docker.compose.replace': 'web-1' } },
    });
    await lab.up(after);
    expect(await lab.names()).toEqual(['shop-web-1']);
    expect(await lab.text(after)).toBe('nothing to do');
  });

  test('when its image changed', async () => {
    const lab = await running(web);
    lab.engine.control.putImage({ reference: 'busybox', id: 'sha256:ffffffffffffffff' }, 'engine');
    expect(await headlines(lab, web)).toEqual([
      'recreate container:web:1 (image changed)',
      expect.stringMatching(/^ {4}image: sha256:[0-9a-f]{12} -> sha256:ffffffffffff$/),
      expect.stringContaining('start container:web:1 (recreated)'),
    ]);
  });

  test('when the file names another image, which is pulled first if it is missing', async () => {
    const lab = await running(web, 'redis:7');
    expect(await headlines(lab, { services: { web: { image: 'redis:7' } } })).toEqual([
      'recreate container:web:1 (image changed)',
      '    image: busybox -> redis:7',
      expect.stringContaining('start container:web:1 (recreated)'),
    ]);
    lab.engine.control.putImage('nginx', 'registry');
    const text = await lab.text({ services: { web: { image: 'nginx' } } });
    expect(text).toContain('pull image:nginx (not on the engine)');
    expect(text).toContain('recreate container:web:1 (image changed)\n    image: busybox -> nginx');
  });

  test('when asked to, and only where asked to', async () => {
    const project: ProjectSketch = {
      services: { web: { depends_on: { db: { condition: 'service_started', required: true } } }, db: {} },
    };
    const lab = await running(project);
    const recreated = async (policy: Parameters<Laboratory['plan']>[1]): Promise<readonly string[]> =>
      (await headlines(lab, project, policy)).filter((line) => line.startsWith('recreate'));
    expect(await recreated({ recreate: 'force', targets: ['web'] })).toEqual(['recreate container:web:1 (forced)']);
    expect(await recreated({ recreate: 'force', recreateDependencies: 'force', targets: ['web'] })).toEqual([
      'recreate container:db:1 (forced)',
      'recreate container:web:1 (forced)',
    ]);
    const changed = { services: { ...project.services, db: { user: 'root' } } };
    expect(await headlines(lab, changed, { recreate: 'never' })).toEqual(['nothing to do']);
  });

  test('when it lost a network or a volume of the model', async () => {
    const project: ProjectSketch = {
      services: { web: { volumes: [{ type: 'volume', source: 'data', target: '/data' }] } },
      volumes: { data: {} },
    };
    const lab = await running(project);
    await lab.engine.networks.disconnect('shop_default', 'shop-web-1', true);
    expect((await headlines(lab, project))[0]).toBe(
      'recreate container:web:1 (it is not attached to network shop_default)',
    );
  });

  test('keeping the anonymous volumes it has, unless new ones are wanted', async () => {
    const image = { reference: 'store', config: { Volumes: { '/declared': {}, '/spoken': {} } } };
    const lab = laboratory({ images: [image] });
    const volumes = [
      { type: 'volume', target: '/own' },
      { type: 'bind', source: '/src', target: '/spoken' },
    ];
    const project: ProjectSketch = { services: { web: { image: 'store', volumes } } };
    await lab.up(project);
    const before = (await lab.engine.containers.inspect('shop-web-1')).Mounts;
    await lab.up(project, { recreate: 'force' });
    const after = (await lab.engine.containers.inspect('shop-web-1')).Mounts;
    const names = (mounts: typeof before) =>
      Object.fromEntries(
        mounts.filter(({ Type: type }) => type === 'volume').map((mount) => [mount.Destination, mount.Name]),
      );
    expect(Object.keys(names(after)).toSorted()).toEqual(['/declared', '/own']);
    expect(names(after)).toEqual(names(before));
    expect(await lab.text(project)).toBe('nothing to do');
    await lab.up(project, { recreate: 'force', renewAnonymousVolumes: true });
    const renewed = names((await lab.engine.containers.inspect('shop-web-1')).Mounts);
    expect(renewed['/own']).not.toBe(names(before)['/own']);
  });

  test('stopping and restarting those who asked for it', async () => {
    const dependencies = { db: { condition: 'service_started', required: true, restart: true } } as const;
    const project: ProjectSketch = { services: { web: { depends_on: dependencies }, db: {} } };
    const lab = await running(project);
    expect(await lab.text({ services: { ...project.services, db: { user: 'root' } } })).toBe(
      `recreate container:db:1 (configuration changed)
    user: (none) -> root
  create container:db:1
stop container:web:1 (db is recreated)
  stop container:db:1 after create container:db:1, stop container:web:1
start container:db:1 (recreated) after create container:db:1, stop container:db:1
start container:web:1 (db is recreated) after stop container:web:1, start container:db:1
  wait container:db:1 running-or-completed after start container:db:1
  remove container:db:1 after start container:db:1, wait container:db:1 running-or-completed
  rename container:db:1 after create container:db:1, stop container:db:1, remove container:db:1
  discard container:db:1 if that fails after create container:db:1, stop container:db:1, start container:db:1, wait container:db:1 running-or-completed
  restore container:db:1 if that fails after discard container:db:1
restore container:web:1 if that fails (what it depends on could not be replaced) after start container:web:1, restore container:db:1`,
    );
  });
});

describe('a container is kept', () => {
  test('when its label differs and no field does', async () => {
    const lab = await running({
      services: { web: { develop: { watch: [] }, deploy: { labels: { a: 'b' }, resources: {}, placement: {} } } },
    });
    const { plan } = await lab.plan(web);
    expect(isEmptyPlan(plan)).toBe(true);
    expect(plan.notices).toContainEqual({
      kind: 'kept',
      address: 'container:web:1',
      name: 'shop-web-1',
      text: 'it is labelled with another configuration, but no field of it differs',
    });
  });
});

describe('an image that is pulled anyway', () => {
  const always: ProjectSketch = { services: { web: { pull_policy: 'always' } } };

  test('replaces the container only if it changes', async () => {
    const lab = await running(web);
    const { plan } = await lab.plan(always);
    expect(await lab.text(always)).toBe(`pull image:busybox (pull_policy always)
recreate container:web:1 if its image changes (pull_policy always)
  create container:web:1 after pull image:busybox
  stop container:web:1 after create container:web:1
start container:web:1 if its image changes (recreated) after create container:web:1, stop container:web:1
  wait container:web:1 running-or-completed after start container:web:1
  remove container:web:1 after start container:web:1, wait container:web:1 running-or-completed
  rename container:web:1 after create container:web:1, stop container:web:1, remove container:web:1
  discard container:web:1 if that fails after create container:web:1, stop container:web:1, start container:web:1, wait container:web:1 running-or-completed
  restore container:web:1 if that fails after discard container:web:1`);
    expect(hasUnconditionalWork(plan)).toBe(true);
    const [{ Id: id } = { Id: '' }] = await lab.engine.containers.list({ all: true });
    await lab.up(always);
    expect((await lab.engine.containers.inspect('shop-web-1')).Id).toBe(id);
    lab.engine.control.putImage({ reference: 'busybox', id: 'sha256:ffffffffffffffff' }, 'registry');
    await lab.up(always);
    expect((await lab.engine.containers.inspect('shop-web-1')).Image).toBe('sha256:ffffffffffffffff');
  });

  test('and was missing replaces nothing if it is what the container was made from', async () => {
    const lab = await running(web);
    const [{ Id: id } = { Id: '' }] = await lab.engine.containers.list({ all: true });
    const observed = await lab.observe(web);
    const gone = { ...observed, images: new Map() };
    const { plan } = planUp(desire(web), gone);
    expect(renderPlan(plan)).toContain(`pull image:busybox (not on the engine)
recreate container:web:1 if its image changes (its image is not on the engine)`);
    await applyPlan(lab.engine, plan);
    expect((await lab.engine.containers.inspect('shop-web-1')).Id).toBe(id);
  });

  test.each([
    ['linux/amd64', false],
    ['linux/x86_64', false],
    ['linux', false],
    ['linux/arm64/v8', true],
    ['windows/amd64', true],
  ])('for platform %s, when the one at hand is linux/amd64: %s', async (platform, pulled) => {
    const lab = await running(web);
    const desired = desire({ services: { web: { platform } } });
    const image = { ...(await lab.engine.images.inspect('busybox')), Os: 'linux', Architecture: 'amd64' };
    const { plan } = planUp(desired, { ...(await lab.observe(web)), images: new Map([['busybox', image]]) });
    expect(plan.nodes.some(({ id }) => id === 'pull image:busybox')).toBe(pulled);
  });

  test.each([
    ['daily', '2024-05-31T12:00:00Z', false],
    ['daily', '2024-05-30T12:00:00Z', true],
    ['weekly', '2024-05-30T12:00:00Z', false],
    ['weekly', '2024-05-01T00:00:00Z', true],
    ['every_6h', '2024-05-31T12:00:00Z', true],
    ['every_1d', '2024-05-31T12:00:00Z', false],
    ['every_nonsense', '2020-01-01T00:00:00Z', false],
    ['missing', '2020-01-01T00:00:00Z', false],
    ['if_not_present', '2020-01-01T00:00:00Z', false],
  ])('under %s with an image of %s: %s', async (policy, tagged, pulled) => {
    const lab = await running(web);
    const desired = desire({ services: { web: { pull_policy: policy } } });
    const image = { ...(await lab.engine.images.inspect('busybox')), Metadata: { LastTagTime: tagged } };
    const { plan } = planUp(desired, { ...(await lab.observe(web)), images: new Map([['busybox', image]]) });
    expect(plan.nodes.some(({ id }) => id === 'pull image:busybox')).toBe(pulled);
  });
});

describe('scaling', () => {
  test('down removes the highest numbers, up continues after the highest', async () => {
    const lab = await running({ services: { web: { scale: 3 } } });
    expect(await lab.text(web)).toBe(`stop container:web:2 (scaled down to 1)
remove container:web:2 (scaled down to 1) after stop container:web:2
stop container:web:3 (scaled down to 1)
remove container:web:3 (scaled down to 1) after stop container:web:3`);
    await lab.engine.containers.remove('shop-web-2', { force: true });
    await lab.up(web, { scale: new Map([['web', 3]]) });
    expect(await lab.names()).toEqual(['shop-web-1', 'shop-web-3', 'shop-web-4']);
  });

  test('down keeps the newest of those that would all be replaced', async () => {
    const lab = await running({ services: { web: { user: 'root' } } });
    for (const scale of [2, 3]) await lab.up({ services: { web: { user: 'root', scale } } });
    const { plan } = await lab.plan({ services: { web: { scale: 2 } } });
    expect(plan.nodes.flatMap(({ id, cause }) => (cause === 'scaled down to 2' ? [id] : []))).toEqual([
      'stop container:web:1',
      'remove container:web:1',
    ]);
  });

  test('down removes what would be replaced first', async () => {
    const lab = await running({ services: { web: { user: 'root' } } });
    await lab.up({ services: { web: { scale: 2 } } }, { recreate: 'never' });
    expect(await lab.text(web)).toBe(`stop container:web:1 (scaled down to 1)
remove container:web:1 (scaled down to 1) after stop container:web:1`);
  });
});

describe('a definition that changed', () => {
  const networked = (internal: boolean): ProjectSketch => ({
    services: { web: { networks: { back: { aliases: ['w'] }, default: null } } },
    networks: { back: { internal } },
  });

  test('of a network replaces it under the containers, with their aliases', async () => {
    const lab = await running(networked(false));
    expect(await lab.text(networked(true))).toBe(`stop container:web:1 (network back is replaced)
disconnect container:web:1 from network:back (network back is replaced) after stop container:web:1
remove network:back (its definition changed) after disconnect container:web:1 from network:back
    internal: false -> true
create network:back (its definition changed) after remove network:back
connect container:web:1 to network:back (network back is replaced) after create network:back
start container:web:1 (network back is replaced) after connect container:web:1 to network:back, stop container:web:1`);
    await lab.up(networked(true));
    const { NetworkSettings: settings } = await lab.engine.containers.inspect('shop-web-1');
    expect(settings.Networks['shop_back']?.Aliases).toEqual(['shop-web-1', 'web', 'w']);
    expect(await lab.text(networked(true))).toBe('nothing to do');
  });

  test('of a volume asks, and leaves everything as it is unless told otherwise', async () => {
    const project = (label: string): ProjectSketch => ({
      services: { web: { volumes: [{ type: 'volume', source: 'data', target: '/data' }] } },
      volumes: { data: { labels: { a: label } } },
    });
    const lab = await running(project('1'));
    expect(await lab.text(project('2'))).toBe(`recreate container:web:1 if confirmed (volume data is replaced)
  stop container:web:1
  remove container:web:1 after stop container:web:1
replace volume:data if confirmed (its definition changed)
    labels.a: 1 -> 2
  remove volume:data after remove container:web:1
  create volume:data after remove volume:data
  create container:web:1 after remove container:web:1, create volume:data
start container:web:1 if confirmed (recreated) after create container:web:1, stop container:web:1
confirm replace volume:data: Volume "shop_data" exists but doesn't match configuration in compose file. Recreate (data will be lost)? [no]`);
    const { plan } = await lab.plan(project('2'));
    expect(hasUnconditionalWork(plan)).toBe(false);
    expect(plan.confirmations.map(({ id, defaultAnswer }) => [id, defaultAnswer])).toEqual([
      ['replace volume:data', false],
    ]);
    await lab.up(project('2'));
    expect((await lab.engine.volumes.inspect('shop_data')).Labels).toMatchObject({ a: '1' });
    await lab.up(project('2'), {}, ['replace volume:data']);
    expect((await lab.engine.volumes.inspect('shop_data')).Labels).toMatchObject({ a: '2' });
    expect(await lab.text(project('2'))).toBe('nothing to do');
  });

  test('only in a label nobody compares replaces nothing', async () => {
    const lab = laboratory();
    const labels = { 'com.docker.compose.project': 'shop', 'com.docker.compose.config-hash': 'of another version' };
    await lab.engine.networks.create({ Name: 'shop_default', Labels: labels });
    await lab.engine.volumes.create({ Name: 'shop_data', Labels: labels });
    const { plan } = await lab.plan({ services: { web: {} }, volumes: { data: {} } });
    expect(plan.nodes.map(({ id }) => id)).toEqual(['create container:web:1', 'start container:web:1']);
  });
});

describe('names', () => {
  test('that two services swap are free before they are taken', async () => {
    const named = (a: string, b: string): ProjectSketch => ({
      services: { a: { container_name: a }, b: { container_name: b } },
    });
    const lab = await running(named('one', 'two'));
    await lab.up(named('two', 'one'));
    expect(await lab.names()).toEqual(['one', 'two']);
    expect(await lab.text(named('two', 'one'))).toBe('nothing to do');
  });

  test('left over from an interrupted recreate are put right', async () => {
    const lab = await running(web);
    await lab.engine.containers.rename('shop-web-1', '0123456789ab_shop-web-1');
    expect(await lab.text(web)).toBe('rename container:web:1 (an earlier recreate was interrupted)');
    await lab.up(web);
    expect(await lab.names()).toEqual(['shop-web-1']);
  });
});
