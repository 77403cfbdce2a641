import { expect, test } from 'vitest';
import { planPush } from '../../../src/plan/plan-push.ts';
import { renderPlan } from '../../../src/plan/render-plan.ts';
import type { ImageRequest } from '../../../src/state/image-requests.ts';

const base = { tags: [], buildable: true, platform: undefined, policy: undefined, dependencies: [] } as const;

test('what is built is pushed under all its names, each once', () => {
  const requests: readonly ImageRequest[] = [
    { ...base, service: 'a', image: 'r.example/a', tags: ['r.example/a:2', 'r.example/a'] },
    { ...base, service: 'b', image: 'r.example/a' },
  ];
  expect(planPush('p', requests).nodes).toMatchObject([
    { id: 'push image:r.example/a', needs: [], operation: { services: ['a', 'b'], required: true } },
    { id: 'push image:r.example/a:2', operation: { services: ['a'] } },
  ]);
});

test('what is not built, or has no name, is left out', () => {
  const requests: readonly ImageRequest[] = [
    { ...base, service: 'a', image: 'r.example/a', buildable: false },
    { ...base, service: 'b', image: undefined },
  ];
  expect(renderPlan(planPush('p', requests))).toBe(
    'nothing to do\nskipped: service:a Skipped - It is not built\nskipped: service:b Skipped - It has no image name\n',
  );
});

test('failures are warnings if they are to be ignored', () => {
  const requests = [{ ...base, service: 'a', image: 'r.example/a' }];
  expect(planPush('p', requests, { ignoreFailures: true }).nodes[0]?.operation).toMatchObject({ required: false });
});
