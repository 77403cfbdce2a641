import { describe, expect, test } from 'vitest';
import type { UpPolicy } from '../../../src/plan/up-policy.ts';
import { type Laboratory, laboratory, type ProjectSketch } from './plan-laboratory.ts';

const check = { healthcheck: { test: ['CMD', 'true'] } };
const healthy = { condition: 'service_healthy', required: true } as const;
const started = { condition: 'service_started', required: true } as const;
const completed = { condition: 'service_completed_successfully', required: true } as const;

const chain = {
  services: {
    web: { depends_on: { api: healthy } },
    api: { ...check, depends_on: { db: healthy, job: completed } },
    db: { ...check, image: 'db:1' },
    job: { depends_on: { db: started } },
  },
} satisfies ProjectSketch;

async function chainLaboratory(): Promise<Laboratory> {
  const lab = laboratory({ images: ['busybox', 'db:1'], registry: ['busybox', 'db:1'] });
  await lab.up(chain);
  lab.engine.control.exit('shop-job-1', 0);
  lab.engine.control.setHealth('shop-db-1', 'healthy');
  lab.engine.control.setHealth('shop-api-1', 'healthy');
  return lab;
}

describe('a first up', () => {
  test('creates everything at once and starts each service the moment its own prerequisites are done', async () => {
    const lab = laboratory({ images: ['busybox'], registry: ['db:1'] });
    const volumes = [{ type: 'volume', source: 'data', target: '/data' }];
    const project = {
      ...chain,
      services: { ...chain.services, db: { ...chain.services.db, volumes } },
      volumes: { data: {} },
    };
    expect(await lab.text(project)).toBe(`pull image:db:1 (not on the engine)
create network:default (not created yet)
create volume:data (not created yet)
create container:db:1 (not created yet) after create network:default, create volume:data, pull image:db:1
create container:job:1 (not created yet) after create network:default
create container:api:1 (not created yet) after create network:default
create container:web:1 (not created yet) after create network:default
start container:db:1 (created) after create container:db:1
start container:job:1 (created) after create container:job:1, start container:db:1
wait container:db:1 healthy (api depends on it) after start container:db:1
wait container:job:1 completed (api depends on it) after start container:job:1
start container:api:1 (created) after create container:api:1, wait container:db:1 healthy, wait container:job:1 completed
wait container:api:1 healthy (web depends on it) after start container:api:1
start container:web:1 (created) after create container:web:1, wait container:api:1 healthy`);
  });

  test('waits once for several dependents, and apart for those that can do without', async () => {
    const services = {
      db: check,
      a: { depends_on: { db: healthy } },
      b: { depends_on: { db: healthy } },
      c: { depends_on: { db: { ...healthy, required: false } } },
      d: { depends_on: { db: { ...started, required: false } } },
    };
    const { plan } = await laboratory().plan({ services });
    const waits = plan.nodes.filter(({ operation }) => operation.kind === 'wait-container');
    expect(waits.map(({ id, cause, operation }) => [id, cause, 'required' in operation && operation.required])).toEqual(
      [
        ['wait container:db:1 healthy', 'a, b depend on it', true],
        ['wait container:db:1 healthy optional', 'c depends on it', false],
        ['wait container:db:1 running optional', 'd depends on it', false],
      ],
    );
  });

  test('with --wait waits for every service, and for completion where another service expects it', async () => {
    const { plan } = await laboratory({ images: ['busybox', 'db:1'] }).plan(chain, { wait: true });
    const waits = plan.nodes.filter(({ operation }) => operation.kind === 'wait-container');
    expect(waits.map(({ id }) => id).toSorted()).toEqual([
      'wait container:api:1 healthy',
      'wait container:db:1 healthy',
      'wait container:job:1 completed',
      'wait container:web:1 running-or-healthy',
    ]);
  });

  test('at the end waits for the engine to show the health that was waited for', async () => {
    const confirmations = async (policy: UpPolicy): Promise<readonly string[]> => {
      const { plan } = await laboratory({ images: ['busybox', 'db:1'] }).plan(chain, policy);
      return plan.nodes
        .filter(({ id }) => id.endsWith('confirmed'))
        .map(({ id, needs }) => `${id} after ${needs.join()}`);
    };
    const db = 'wait container:db:1 confirmed after start container:db:1,wait container:db:1 healthy';
    const api = 'wait container:api:1 confirmed after start container:api:1,wait container:api:1 healthy';
    const web = 'wait container:web:1 confirmed after start container:web:1';
    expect(await confirmations({ confirmHealth: true })).toEqual([db, api]);
    expect(await confirmations({ confirmHealth: true, wait: true })).toEqual([db, api, web]);
  });

  test('with --no-start creates and does no more', async () => {
    const { plan } = await laboratory({ images: ['busybox', 'db:1'] }).plan(chain, { start: false, wait: true });
    expect(new Set(plan.nodes.map(({ operation }) => operation.kind))).toEqual(
      new Set(['create-network', 'create-container']),
    );
  });

  test('numbers replicas, and copies files that are not of the host before the start', async () => {
    const project: ProjectSketch = {
      services: { web: { scale: 2, configs: [{ source: 'app' }] } },
      configs: { app: { content: 'hello' } },
    };
    expect(await laboratory().text(project)).toBe(`create network:default (not created yet)
create container:web:1 (not created yet) after create network:default
copy files to container:web:1 (not created yet) after create container:web:1
create container:web:2 (not created yet) after create network:default
copy files to container:web:2 (not created yet) after create container:web:2
start container:web:1 (created) after create container:web:1, copy files to container:web:1
start container:web:2 (created) after create container:web:2, copy files to container:web:2`);
  });

  test('of one service brings its dependencies along, or not', async () => {
    const lab = laboratory({ images: ['busybox', 'db:1'] });
    const created = async (withoutDependencies: boolean): Promise<readonly string[]> =>
      (await lab.plan(chain, { targets: ['job'], withoutDependencies })).plan.nodes
        .map(({ id }) => id)
        .filter((id) => id.startsWith('create container'));
    expect(await created(false)).toEqual(['create container:db:1', 'create container:job:1']);
    expect(await created(true)).toEqual(['create container:job:1']);
  });
});

describe('a second up', () => {
  test('of a healthy chain has nothing to do and says so of each container', async () => {
    const lab = await chainLaboratory();
    const { job: _, ...services } = { ...chain.services, api: { ...check, depends_on: { db: healthy } } };
    await lab.up({ services }, { removeOrphans: true, recreate: 'never' });
    const { plan } = await lab.plan({ services }, { wait: true });
    expect(plan.nodes).toEqual([]);
    expect(plan.notices).toEqual([
      { kind: 'up-to-date', address: 'container:db:1', name: 'shop-db-1', text: 'up to date' },
      { kind: 'up-to-date', address: 'container:api:1', name: 'shop-api-1', text: 'up to date' },
      { kind: 'up-to-date', address: 'container:web:1', name: 'shop-web-1', text: 'up to date' },
      { kind: 'up-to-date', address: 'container:db:1', name: 'shop-db-1', text: 'healthy' },
      { kind: 'up-to-date', address: 'container:api:1', name: 'shop-api-1', text: 'healthy' },
      { kind: 'up-to-date', address: 'container:web:1', name: 'shop-web-1', text: 'healthy' },
    ]);
  });

  test('runs a finished job again', async () => {
    const lab = await chainLaboratory();
    expect(await lab.text(chain)).toBe(`start container:job:1 (it has exited (0))
wait container:job:1 completed (api depends on it) after start container:job:1`);
  });

  test('leaves a job that runs once alone until it changes or fails', async () => {
    const lab = laboratory();
    const job = { extensions: { 'x-topsail': { job: 'once' } } };
    const services = { job, web: { depends_on: { job: completed } } };
    await lab.up({ services });
    lab.engine.control.exit('shop-job-1', 0);
    expect(await lab.text({ services }, { wait: true })).toBe('nothing to do');
    const changed = { ...services, job: { ...job, environment: { A: '1' } } };
    expect(await lab.text({ services: changed })).toContain('start container:job:1 (recreated)');
    await lab.engine.containers.start('shop-job-1');
    lab.engine.control.exit('shop-job-1', 3);
    expect(await lab.text({ services })).toContain('start container:job:1 (it has exited (3))');
  });

  test('waits for a dependency that is still starting only if something that needs it starts', async () => {
    const lab = await chainLaboratory();
    lab.engine.control.setHealth('shop-db-1', 'starting');
    const services = { db: chain.services.db, api: { ...check, depends_on: { db: healthy } } };
    const policy = { ignoreOrphans: true, recreate: 'never' } as const;
    expect(await lab.text({ services }, policy)).toBe('nothing to do');
    await lab.engine.containers.stop('shop-api-1');
    expect(await lab.text({ services }, policy)).toContain('wait container:db:1 healthy (api depends on it)');
  });

  test('without starts tells of what runs that it is up to date', async () => {
    const lab = laboratory();
    await lab.up({ services: { web: {}, db: {} } });
    await lab.engine.containers.stop('shop-db-1');
    const { plan } = await lab.plan({ services: { web: {}, db: {} } }, { start: false });
    expect(plan.notices).toEqual([
      { kind: 'up-to-date', address: 'container:web:1', name: 'shop-web-1', text: 'up to date' },
    ]);
  });

  test('leaves a paused container as it is, and says so', async () => {
    const lab = laboratory();
    await lab.up({ services: { web: {} } });
    await lab.engine.containers.pause('shop-web-1');
    expect(await lab.text({ services: { web: {} } })).toBe(
      'nothing to do\nwarning: container:web:1 container shop-web-1 is paused; it is left so',
    );
  });

  test('of files copies them again before a stopped container starts', async () => {
    const lab = laboratory();
    const project: ProjectSketch = {
      services: { web: { secrets: [{ source: 'token' }] } },
      secrets: { token: { environment: 'TOKEN' } },
      origin: { environment: { TOKEN: 'x' } },
    };
    await lab.up(project);
    await lab.engine.containers.stop('shop-web-1');
    expect(await lab.text(project)).toBe(`copy files to container:web:1 (it has exited (0))
start container:web:1 (it has exited (0)) after copy files to container:web:1`);
  });
});

describe('problems that only the engine shows', () => {
  test('are all reported, with their places, and nothing is planned', async () => {
    const project: ProjectSketch = {
      services: { web: { image: 'absent', pull_policy: 'never', container_name: 'one' } },
      networks: { outside: { name: 'outside', external: true } },
      volumes: { store: { name: 'store', external: true } },
    };
    const { plan, diagnostics } = await laboratory().plan(project, { scale: new Map([['web', 2]]) });
    expect(plan.nodes).toEqual([]);
    expect(diagnostics.map(({ path, message }) => `${path}: ${message}`)).toEqual([
      'networks.outside: network outside declared as external, but could not be found',
      'volumes.store: external volume "store" not found',
      'services.web.image: service "web": No such image: absent (it is not on the engine and pull_policy is never)',
      'services.web.container_name: The "web" service is using the custom container name "one". Docker requires each container to have a unique name. Remove the custom name to scale the service',
    ]);
  });

  test('an image that another service may pull is there for one that never pulls', async () => {
    const project: ProjectSketch = {
      services: { web: { image: 'db:1', pull_policy: 'never' }, db: { image: 'db:1' } },
    };
    const { plan, diagnostics } = await laboratory({ registry: ['db:1'] }).plan(project);
    expect(diagnostics).toEqual([]);
    expect(plan.nodes[0]).toMatchObject({ id: 'pull image:db:1', operation: { stamped: false } });
  });

  test('an image that is only mounted is pulled if it is not there, whatever the policy', async () => {
    const mount = { type: 'image', source: 'data:1', target: '/data' } as const;
    const project: ProjectSketch = { services: { web: { image: 'busybox', pull_policy: 'never', volumes: [mount] } } };
    const lab = laboratory({ images: ['busybox'], registry: ['data:1'] });
    expect(await lab.text(project)).toContain('pull image:data:1 (not on the engine)');
    expect(await lab.text(project)).toMatch(/create container:web:1 .* after .*pull image:data:1/);
    await lab.up(project);
    expect(await lab.text(project)).toBe('nothing to do');
  });

  test('an external network is found by name or id; two of one name are ambiguous', async () => {
    const lab = laboratory({ images: ['busybox'], duplicateNetworkNames: true });
    const { id } = await lab.engine.networks.create({ Name: 'outside' });
    const project = (name: string): ProjectSketch => ({
      services: { web: { networks: { out: null } } },
      networks: { out: { name, external: true } },
    });
    expect(await lab.text(project('outside'))).not.toContain('create network');
    expect((await lab.plan(project(id))).diagnostics).toEqual([]);
    await lab.engine.networks.create({ Name: 'outside' });
    expect(await lab.text(project('outside'))).toContain('error: 2 networks are named "outside"');
  });

  test('resources of others with a wanted name are used as they are, with a warning', async () => {
    const lab = laboratory();
    await lab.engine.networks.create({ Name: 'shop_default' });
    await lab.engine.volumes.create({ Name: 'shop_data' });
    expect(
      await lab.text({ services: { web: {} }, volumes: { data: {} } }),
    ).toBe(`create container:web:1 (not created yet)
start container:web:1 (created) after create container:web:1
warning: network:default a network with name shop_default exists but was not created for project "shop"; it is used as it is. Set \`external: true\` to use an existing network
warning: volume:data a volume with name shop_data exists but was not created for project "shop"; it is used as it is. Set \`external: true\` to use an existing volume`);
  });
});

describe('orphans', () => {
  test('are named, removed or passed over', async () => {
    const lab = laboratory();
    await lab.up({ services: { web: {}, old: {} } });
    const now = { services: { web: {} } };
    expect(await lab.text(now)).toBe(
      'nothing to do\norphans: Found orphan containers ([shop-old-1]) for this project. If you removed or renamed this service in your compose file, you can run this command with the --remove-orphans flag to clean it up.',
    );
    expect(await lab.text(now, { ignoreOrphans: true })).toBe('nothing to do');
    expect(await lab.text(now, { removeOrphans: true })).toBe(`stop orphan:shop-old-1 (orphan)
remove orphan:shop-old-1 (orphan) after stop orphan:shop-old-1`);
  });

  test('are not the containers of services that a profile disables', async () => {
    const lab = laboratory();
    await lab.up({ services: { web: {}, debug: {} } });
    const disabledServices = { debug: { command: null, entrypoint: null } };
    const now = { services: { web: {} }, origin: { disabledServices } };
    expect(await lab.text(now, { removeOrphans: true })).toBe('nothing to do');
  });

  test('give up their port before a service takes it', async () => {
    const lab = laboratory();
    const ports = [{ target: 80, published: '8080' }];
    await lab.up({ services: { old: { ports } } });
    expect(await lab.text({ services: { web: { ports } } }, { removeOrphans: true })).toContain(
      'start container:web:1 (created) after create container:web:1, stop orphan:shop-old-1',
    );
  });
});
