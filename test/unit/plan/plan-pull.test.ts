import { expect, test } from 'vitest';
import type { ImageInspect } from '../../../src/engine/resource.ts';
import { type PullPolicy, planPull } from '../../../src/plan/plan-pull.ts';
import { renderPlan } from '../../../src/plan/render-plan.ts';
import type { ImageRequest } from '../../../src/state/image-requests.ts';

function request(service: string, image: string | undefined, more: Partial<ImageRequest> = {}): ImageRequest {
  return {
    service,
    image,
    tags: [],
    buildable: false,
    platform: undefined,
    policy: undefined,
    dependencies: [],
    ...more,
  };
}

const amd: ImageInspect = { Id: 'sha256:1', Os: 'linux', Architecture: 'amd64' };

function text(
  requests: readonly ImageRequest[],
  policy: PullPolicy = {},
  images: ReadonlyMap<string, ImageInspect> = new Map([['here', amd]]),
): readonly string[] {
  return renderPlan(planPull({ project: 'p', requests, images }, policy))
    .trimEnd()
    .split('\n');
}

test('what services share is pulled once', () => {
  const plan = planPull({
    project: 'p',
    requests: ['a', 'b', 'c'].map((name) => request(name, 'app')),
    images: new Map(),
  });
  expect(plan.nodes).toMatchObject([
    { id: 'pull image:app', operation: { reference: 'app', services: ['a', 'b', 'c'], required: true } },
  ]);
});

test('without a policy an image that is there is asked for again', () => {
  expect(text([request('a', 'here'), request('b', 'away')])).toEqual([
    'pull image:here (asked for)',
    'pull image:away (not on the engine)',
  ]);
});

test.each([
  ['missing', 'skipped: service:a Skipped - Image is already present locally'],
  ['if_not_present', 'skipped: service:a Skipped - Image is already present locally'],
  ['never', 'skipped: service:a Skipped'],
  ['build', 'skipped: service:a Skipped'],
  ['always', 'pull image:here (asked for)'],
  ['daily', 'pull image:here (asked for)'],
  ['every_1h', 'pull image:here (asked for)'],
])('the policy %s of a service whose image is there', (policy, line) => {
  expect(text([request('a', 'here', { policy })])).toContain(line);
});

test('a policy of the caller goes before those of the file', () => {
  const requests = [request('a', 'here', { policy: 'never' }), request('b', 'away', { policy: 'build' })];
  expect(text(requests, { policy: 'always' })).toEqual([
    'pull image:here (asked for)',
    'pull image:away (not on the engine)',
  ]);
  expect(text(requests, { policy: 'missing' })).toEqual([
    'pull image:away (not on the engine)',
    'skipped: service:a Skipped - Image is already present locally',
  ]);
});

test('an image for another platform counts as absent', () => {
  const requests = [request('a', 'here', { policy: 'missing', platform: 'linux/arm64' })];
  expect(text(requests)).toEqual(['pull image:here (not on the engine)']);
});

test('one name for two platforms is pulled for one after the other', () => {
  expect(text([request('a', 'app'), request('b', 'app', { platform: 'linux/arm64' }), request('c', 'app')])).toEqual([
    'pull image:app (not on the engine)',
    'pull image:app linux/arm64 (not on the engine) after pull image:app',
  ]);
});

test('what has no image to pull is left out, and on demand what can be built', () => {
  const requests = [request('a', undefined, { buildable: true }), request('b', 'app', { buildable: true })];
  expect(text(requests, { ignoreBuildable: true })).toEqual([
    'nothing to do',
    'skipped: service:a Skipped - No image to be pulled',
    'skipped: service:b Skipped - Image can be built',
  ]);
});

test('failures are warnings if they are to be ignored', () => {
  const plan = planPull({ project: 'p', requests: [request('a', 'x')], images: new Map() }, { ignoreFailures: true });
  expect(plan.nodes[0]?.operation).toMatchObject({ required: false });
});
