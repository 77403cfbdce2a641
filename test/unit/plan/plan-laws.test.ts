import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Plan, PlanNode } from '../../../src/plan/plan.ts';
import type { UpPolicy } from '../../../src/plan/up-policy.ts';
import type { DependencyCondition } from '../../../src/project/service.ts';
import type { ServiceSketch } from '../state/project-of.ts';
import { applyPlan } from './apply-plan.ts';
import { type Laboratory, laboratory, type ProjectSketch } from './plan-laboratory.ts';

const images = ['busybox', 'redis:7', { reference: 'postgres', config: { Volumes: { '/var/lib/data': {} } } }];

const names = ['alpha', 'beta', 'gamma', 'delta', 'constructor'] as const;
const conditions: readonly DependencyCondition[] = ['service_started', 'service_healthy'];

const anyService = fc.record({
  image: fc.constantFrom('busybox', 'redis:7', 'postgres'),
  scale: fc.integer({ min: 0, max: 3 }),
  value: fc.constantFrom('1', '2'),
  back: fc.boolean(),
  data: fc.boolean(),
  anonymous: fc.boolean(),
  port: fc.boolean(),
  checked: fc.boolean(),
  depends: fc.array(
    fc.record({
      on: fc.nat(3),
      condition: fc.constantFrom(...conditions),
      required: fc.boolean(),
      restart: fc.boolean(),
    }),
    { maxLength: 3 },
  ),
});

const anyProject: fc.Arbitrary<ProjectSketch> = fc
  .record({
    services: fc.array(anyService, { minLength: 1, maxLength: names.length }),
    internal: fc.boolean(),
    label: fc.constantFrom('a', 'b'),
    shift: fc.nat(names.length),
  })
  .map(({ services, internal, label, shift }) => ({
    services: Object.fromEntries(
      services.map((service, index): [string, ServiceSketch] => [
        names[index] ?? '',
        sketchOf(service, index, services, 8000 + ((index + shift) % names.length)),
      ]),
    ),
    networks: { back: { internal } },
    volumes: { data: { labels: { label } } },
  }));

/** A service depends on earlier ones only; a check is waited for only where there is one. */
function sketchOf(
  service: typeof anyService extends fc.Arbitrary<infer Value> ? Value : never,
  index: number,
  all: readonly { readonly checked: boolean }[],
  port: number,
): ServiceSketch {
  const dependencies = service.depends
    .filter(({ on }) => on < index)
    .map(({ on, condition, required, restart }) => [
      names[on],
      { condition: all[on]?.checked === true ? condition : 'service_started', required, restart },
    ]);
  return {
    image: service.image,
    scale: service.port ? Math.min(service.scale, 1) : service.scale,
    environment: { VALUE: service.value },
    networks: service.back ? { back: null, default: null } : { default: null },
    volumes: [
      ...(service.data ? [{ type: 'volume', source: 'data', target: '/data' }] : []),
      ...(service.anonymous ? [{ type: 'volume', target: '/cache' }] : []),
    ],
    ...(service.port ? { ports: [{ target: 80, published: String(port) }] } : {}),
    ...(service.checked ? { healthcheck: { test: ['CMD', 'true'] } } : {}),
    depends_on: Object.fromEntries(dependencies),
  };
}

const anyPolicy: fc.Arbitrary<UpPolicy> = fc.record({
  recreate: fc.constantFrom('diverged', 'force'),
  // An orphan that stays may hold a port that is asked for.
  removeOrphans: fc.constant(true),
  wait: fc.boolean(),
  pull: fc.constantFrom('missing', 'always'),
  renewAnonymousVolumes: fc.boolean(),
});

async function settle({ engine }: Laboratory): Promise<void> {
  for (const { Id: id } of await engine.containers.list({ all: false })) {
    if ((await engine.containers.inspect(id)).Config.Healthcheck !== undefined) engine.control.setHealth(id, 'healthy');
  }
}

/** What a run that is killed may have done: some steps in some order that the plan allows. */
function killed(plan: Plan, seed: number): Plan {
  const left = [...plan.nodes];
  const done: PlanNode[] = [];
  const ended = new Set<string>();
  let state = seed;
  const next = (limit: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  for (let steps = next(plan.nodes.length + 1); steps > 0; steps--) {
    const ready = left.filter(({ needs }) => needs.every((need) => ended.has(need)));
    const chosen = ready[next(ready.length)];
    if (chosen === undefined) break;
    left.splice(left.indexOf(chosen), 1);
    ended.add(chosen.id);
    done.push(chosen);
  }
  return { ...plan, nodes: done };
}

function expectOrdered(plan: Plan): void {
  const seen = new Set<string>();
  for (const { id, needs } of plan.nodes) {
    for (const need of needs) expect(seen).toContain(need);
    expect(seen).not.toContain(id);
    seen.add(id);
  }
}

/** Few, because each carries out several plans; more have been tried. */
const runs = { numRuns: 40 };

const makeLaboratory = (): Laboratory => laboratory({ images, registry: images });

describe('whatever the project', () => {
  test('a plan that was carried out leaves nothing to plan', async () => {
    await fc.assert(
      fc.asyncProperty(anyProject, async (project) => {
        const lab = makeLaboratory();
        const { plan, diagnostics } = await lab.up(project);
        expect(diagnostics).toEqual([]);
        expectOrdered(plan);
        await settle(lab);
        expect(await lab.text(project, { wait: true })).toBe('nothing to do');
      }),
      runs,
    );
  }, 30_000);

  test('the same holds after a change of the file, under any policy and answer', async () => {
    await fc.assert(
      fc.asyncProperty(anyProject, anyProject, anyPolicy, fc.boolean(), async (before, after, policy, replace) => {
        const lab = makeLaboratory();
        await lab.up(before);
        await settle(lab);
        const { plan } = await lab.up(after, policy, replace ? ['replace volume:data'] : []);
        expectOrdered(plan);
        await settle(lab);
        const again = await lab.plan(after, { removeOrphans: true });
        expect(again.plan.nodes.filter(({ guard }) => guard === undefined)).toEqual([]);
      }),
      runs,
    );
  }, 30_000);

  test('an up that is killed after any step is completed by the next one, under the right names', async () => {
    await fc.assert(
      fc.asyncProperty(anyProject, anyProject, fc.nat(), async (before, after, seed) => {
        const lab = makeLaboratory();
        await lab.up(before);
        await settle(lab);
        const { plan } = await lab.plan(after, { removeOrphans: true });
        await applyPlan(lab.engine, killed(plan, seed));
        await lab.up(after, { removeOrphans: true });
        await settle(lab);
        const again = await lab.plan(after, { removeOrphans: true });
        expect(again.plan.nodes.filter(({ guard }) => guard === undefined)).toEqual([]);
        for (const name of await lab.names()) expect(name).not.toMatch(/^[0-9a-f]{12}_/);
      }),
      runs,
    );
  }, 30_000);

  test('down after any step of an up leaves no labelled resource', async () => {
    await fc.assert(
      fc.asyncProperty(anyProject, anyProject, fc.nat(), async (before, after, seed) => {
        const lab = makeLaboratory();
        await lab.up(before);
        const { plan } = await lab.plan(after, { removeOrphans: true });
        await applyPlan(lab.engine, killed(plan, seed));
        const down = await lab.down(after, { volumes: true, removeOrphans: true });
        expectOrdered(down.plan);
        const labels = ['com.docker.compose.project=shop'];
        expect(await lab.names()).toEqual([]);
        expect(await lab.engine.networks.list({ labels })).toEqual([]);
        expect(await lab.engine.volumes.list({ labels })).toEqual([]);
      }),
      runs,
    );
  }, 30_000);

  test('no container starts before its creation, the stop of what it replaces, and its dependencies', async () => {
    await fc.assert(
      fc.asyncProperty(anyProject, anyProject, async (before, after) => {
        const lab = makeLaboratory();
        await lab.up(before);
        await settle(lab);
        const { plan } = await lab.plan(after, { removeOrphans: true });
        const position = new Map(plan.nodes.map(({ id }, index) => [id, index]));
        for (const { id, operation } of plan.nodes) {
          if (operation.kind !== 'start-container' || !id.startsWith('start ')) continue;
          const own = id.replace(/^start /, '');
          for (const earlier of [`create ${own}`, `stop ${own}`]) {
            expect(position.get(earlier) ?? -1).toBeLessThan(position.get(id) ?? 0);
          }
          const [remove, rename] = [position.get(`remove ${own}`), position.get(`rename ${own}`)];
          if (rename !== undefined && remove !== undefined) expect(remove).toBeLessThan(rename);
          for (const dependency of Object.keys(after.services[operation.service]?.depends_on ?? {})) {
            for (const [node, index] of position) {
              if (node.startsWith(`start container:${dependency}:`)) expect(index).toBeLessThan(position.get(id) ?? 0);
            }
          }
        }
      }),
      runs,
    );
  }, 30_000);
});
