import { expect, test } from 'vitest';
import { createMemoryEngine } from '../../../src/memory-engine/create-memory-engine.ts';
import { observeImages } from '../../../src/observe/observe-project.ts';
import { type BuildPolicy, chooseBuilds, planBuild } from '../../../src/plan/plan-build.ts';
import { planToJson } from '../../../src/plan/plan-to-json.ts';
import { renderBake } from '../../../src/plan/render-bake.ts';
import { renderPlan } from '../../../src/plan/render-plan.ts';
import { desiredState } from '../../../src/state/derive-desired-state.ts';
import type { DesiredState } from '../../../src/state/desired-state.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';
import { projectOf, type ServiceSketch, serviceOf } from '../state/project-of.ts';

const toolVersion = '0.1.0';

/** A service that is built under the name it gets of itself. */
function built(build: NonNullable<ServiceSketch['build']> = {}): ServiceSketch {
  return { build: { context: '/src', ...build } };
}

function desire(
  services: Readonly<Record<string, ServiceSketch>>,
  more: Partial<Parameters<typeof projectOf>[0]> = {},
): DesiredState {
  const project = projectOf({ services, ...more });
  // What is built has no image unless the test says so.
  const own = Object.entries(project.services).map(([name, service]) => {
    const { image: _, ...rest } = service;
    return [name, services[name]?.build !== undefined && services[name]?.image === undefined ? rest : service];
  });
  return desiredState({ ...project, services: Object.fromEntries(own) }, { toolVersion });
}

async function planText(desired: DesiredState, policy: BuildPolicy = {}, images: readonly string[] = []) {
  const engine = createMemoryEngine({ images });
  const { plan } = planBuild(desired, await observeImages(engine, desired, createManualClock()), policy);
  return renderPlan(plan).trimEnd();
}

test('builds that are contexts of others come first, the rest side by side', async () => {
  const desired = desire({
    web: built({ additional_contexts: { parent: 'service:base', files: '/files' } }),
    base: built(),
    other: built(),
  });
  expect(await planText(desired)).toBe(`build image:shop-base (--build)
build image:shop-web (--build) after build image:shop-base
build image:shop-other (--build)`);
  expect(await planText(desired, { targets: ['web'] })).toBe(`build image:shop-base (a context of shop-web)
build image:shop-web (--build) after build image:shop-base`);
});

test('a context that the selection leaves out is built all the same', async () => {
  const base = { ...serviceOf(built()), image: 'base' };
  const desired = desire(
    { web: built({ additional_contexts: { parent: 'service:base' } }) },
    { origin: { unselectedServices: { base } } },
  );
  expect(await planText(desired)).toBe(`build image:base (a context of shop-web)
build image:shop-web (--build) after build image:base`);
});

test('services with one image are one build, and told if they disagree about it', async () => {
  const one = { image: 'app', ...built() };
  expect(await planText(desire({ a: one, b: one }))).toBe('build image:app (--build)');
  const text = await planText(desire({ a: one, b: { image: 'app', ...built({ target: 'other' }) } }));
  expect(text).toContain('warning: services a, b build different images under the name app; it becomes that of a');
});

test('a push follows the build of what has a name of its own', async () => {
  const desired = desire({ a: { image: 'app', ...built({ tags: ['app:2'] }) }, b: built() });
  expect(await planText(desired, { push: true })).toBe(`build image:app (--build)
build image:shop-b (--build)
push image:app unless the builder does (--push) after build image:app
push image:app:2 unless the builder does (--push) after build image:app`);
});

test('the policy is over the file, and plans as JSON hold no secret', async () => {
  const desired = desire(
    { a: built({ args: { A: '1', B: 'hidden' }, secrets: [{ source: 'token' }] }) },
    { secrets: { token: { environment: 'TOKEN' } }, origin: { environment: { TOKEN: 'very-secret' } } },
  );
  const engine = createMemoryEngine();
  const observed = await observeImages(engine, desired, createManualClock());
  const policy = { arguments: new Map([['A', '2']]), noCache: true, pull: true };
  const { plan } = planBuild(desired, observed, policy);
  expect(plan.nodes[0]?.operation).toMatchObject({
    kind: 'build-image',
    request: { arguments: { A: '2', B: 'hidden' }, noCache: true, pull: true },
  });
  expect(JSON.stringify(planToJson(plan))).not.toMatch(/very-secret|hidden/);
});

test('a request tells how its contexts are built, as the policy has them, and hides what they hide', async () => {
  const desired = desire(
    {
      web: built({ additional_contexts: { parent: 'service:middle', image: 'oci-layout:///layout:v1' } }),
      middle: built({ additional_contexts: { parent: 'service:base' } }),
      base: built({ args: { B: 'hidden' }, secrets: [{ source: 'token' }] }),
    },
    { secrets: { token: { environment: 'TOKEN' } }, origin: { environment: { TOKEN: 'very-secret' } } },
  );
  const observed = await observeImages(createMemoryEngine(), desired, createManualClock());
  const { plan } = planBuild(desired, observed, { targets: ['web'], noCache: true });
  const web = plan.nodes.find(({ id }) => id === 'build image:shop-web');
  const base = { secrets: [{ value: 'very-secret' }], noCache: true };
  const middle = { contexts: [{ source: { service: 'base', request: base } }] };
  expect(web?.operation).toMatchObject({
    request: {
      contexts: [
        { name: 'parent', source: { kind: 'build', service: 'middle', request: middle } },
        { name: 'image', source: { kind: 'layout', reference: '/layout:v1' } },
      ],
    },
  });
  expect(JSON.stringify(planToJson(plan))).not.toMatch(/very-secret|hidden/);
});

test('the bake file names secrets by their variables and contexts by their targets', () => {
  const desired = desire(
    {
      'web.one': built({
        dockerfile: 'Dockerfile',
        args: { A: '${x} & y' },
        additional_contexts: { parent: 'service:base', image: 'oci-layout:///layout:v1' },
        secrets: [{ source: 'token', target: 'id' }],
        ssh: ['default', 'key=/k'],
        ulimits: { nofile: 10, nproc: { soft: 1, hard: 2 } },
        privileged: true,
      }),
      base: { image: 'base', ...built({ dockerfile_inline: 'FROM x' }) },
    },
    { secrets: { token: { environment: 'TOKEN' } }, origin: { environment: { TOKEN: 'very-secret' } } },
  );
  const text = renderBake(chooseBuilds(desired, { targets: ['web.one'] }), true);
  expect(text).not.toContain('very-secret');
  expect(text).toContain('\\u0026');
  expect(JSON.parse(text)).toMatchObject({
    group: { default: { targets: ['web_one', 'base'] } },
    target: {
      base: { context: '/src', 'dockerfile-inline': 'FROM x', tags: ['base'], output: ['type=registry'] },
      web_one: {
        contexts: { image: 'oci-layout:///layout:v1', parent: 'target:base' },
        dockerfile: '/src/Dockerfile',
        args: { A: '$${x} & y' },
        tags: ['shop-web.one'],
        secret: ['id=id,type=env,env=TOKEN'],
        ssh: ['default', 'key=/k'],
        ulimits: ['nofile=10', 'nproc=1:2'],
        entitlements: ['security.insecure'],
        output: ['type=docker'],
      },
    },
  });
});
