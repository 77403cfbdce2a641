import { expect, test } from 'vitest';
import { isOlder, longestAge } from '../../../src/plan/pull-age.ts';

const hour = 3_600_000;

test.each([
  ['daily', 24 * hour],
  ['weekly', 7 * 24 * hour],
  ['every_12h', 12 * hour],
  ['every_1w2d', 9 * 24 * hour],
  ['every_90s', 90_000],
  ['every_', undefined],
  ['every_day', undefined],
  ['always', undefined],
  [undefined, undefined],
])('%s allows an age of %s milliseconds', (policy, age) => {
  expect(longestAge(policy)).toBe(age);
});

test('the age counts from the last time an image was given a name; without one it is old', () => {
  const tagged = (LastTagTime?: string): Parameters<typeof isOlder>[0] => ({
    Id: 'sha256:1',
    Metadata: LastTagTime === undefined ? {} : { LastTagTime },
  });
  const now = Date.parse('2026-01-02T00:00:00Z');
  expect(isOlder(tagged('2026-01-01T00:00:01Z'), 24 * hour, now)).toBe(false);
  expect(isOlder(tagged('2026-01-01T00:00:00Z'), 24 * hour, now)).toBe(true);
  expect(isOlder(tagged('0001-01-01T00:00:00Z'), 24 * hour, now)).toBe(true);
  expect(isOlder(tagged(), 24 * hour, now)).toBe(true);
});
