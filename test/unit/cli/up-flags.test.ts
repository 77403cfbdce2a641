import { expect, test } from 'vitest';
import type { UpFlags } from '../../../src/cli/commands/up.ts';
import { checkUpFlags, isDetached } from '../../../src/cli/up-flag-rules.ts';
import { upPolicyOf } from '../../../src/cli/up-policy-of.ts';

function flags(given: Partial<UpFlags>): UpFlags {
  return { withoutAttach: [], ...given };
}

test.each([
  [{ detach: true, abortOnContainerExit: true }],
  [{ detach: true, attach: ['web'] }],
  [{ detach: true, exitCodeFrom: 'web' }],
  [{ wait: true, attachDependencies: true }],
  [{ wait: true, exitCodeFrom: 'web' }],
  [{ wait: true, abortOnContainerFailure: true }],
  [{ abortOnContainerExit: true, abortOnContainerFailure: true }],
  [{ attach: ['web'], attachDependencies: true }],
  [{ waitTimeout: -1 }],
])('%j is refused', (given) => {
  expect(() => checkUpFlags(flags(given))).toThrow(/cannot (be combined|combine)|positive number/);
});

test('--wait and --no-start return without being told to detach', () => {
  expect([{ wait: true }, { start: false }, { detach: true }, {}].map((given) => isDetached(flags(given)))).toEqual([
    true,
    true,
    true,
    false,
  ]);
});

test('flags of builds become a policy, and exclude each other', () => {
  expect(upPolicyOf([], { build: true }, {})).toMatchObject({ build: 'always' });
  expect(upPolicyOf([], { noBuild: true }, {})).toMatchObject({ build: 'never' });
  expect(upPolicyOf([], {}, {}).build).toBeUndefined();
  expect(() => upPolicyOf([], { build: true, noBuild: true }, {})).toThrow('--build and --no-build are incompatible');
});

test('flags become a policy', () => {
  expect(
    upPolicyOf(['web'], { forceRecreate: true, deps: false, scale: ['web=3'], pull: 'if_not_present' }, {}),
  ).toMatchObject({
    targets: ['web'],
    recreate: 'force',
    withoutDependencies: true,
    scale: new Map([['web', 3]]),
    pull: 'missing',
    start: true,
    removeOrphans: false,
  });
});

test('orphans follow the environment unless a flag says otherwise', () => {
  expect(upPolicyOf([], {}, { COMPOSE_REMOVE_ORPHANS: '1' }).removeOrphans).toBe(true);
  expect(upPolicyOf([], {}, { COMPOSE_IGNORE_ORPHANS: 'true' }).ignoreOrphans).toBe(true);
  expect(() => upPolicyOf([], { removeOrphans: true }, { COMPOSE_IGNORE_ORPHANS: 'y' })).toThrow('cannot combine');
});

test.each([
  [{ forceRecreate: true, recreate: false }, '--force-recreate and --no-recreate are incompatible'],
  [{ renewAnonVolumes: true, recreate: false }, '--renew-anon-volumes and --no-recreate are incompatible'],
  [{ scale: ['web'] }, 'invalid --scale option "web"'],
  [{ scale: ['web=-1'] }, 'invalid --scale option "web=-1"'],
  [{ pull: 'sometimes' }, 'invalid --pull option "sometimes"'],
])('%j is refused with %s', (given, message) => {
  expect(() => upPolicyOf([], given, {})).toThrow(message);
});
