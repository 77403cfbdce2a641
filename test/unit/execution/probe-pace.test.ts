import { describe, expect, it } from 'vitest';
import { nextProbeDelay } from '../../../src/execution/probe-pace.ts';

/** When probes that take no time begin, for a check of this interval, up to a time. */
function probeTimes(interval: number, until: number): readonly number[] {
  const times = [0];
  for (let age = 0; age < until; ) {
    age += nextProbeDelay({ probes: times.length, duration: 0, age, interval });
    times.push(age);
  }
  return times;
}

describe('nextProbeDelay', () => {
  it('begins with 50 ms', () => {
    expect(nextProbeDelay({ probes: 1, duration: 0, age: 0, interval: 30_000 })).toBe(50);
  });

  it('notices within a second whatever gets ready in the first half minute, however long the declared interval is', () => {
    const times = probeTimes(30_000, 30_000);
    expect(Math.max(...times.slice(1).map((time, at) => time - (times[at] ?? 0)))).toBeLessThanOrEqual(1000);
  });

  it('backs off to the declared interval and not beyond', () => {
    expect(nextProbeDelay({ probes: 1000, duration: 0, age: 3_600_000, interval: 30_000 })).toBe(30_000);
    expect(nextProbeDelay({ probes: 30, duration: 0, age: 20_000, interval: 200 })).toBe(200);
  });

  it('spends no more than half of the time on slow checks', () => {
    expect(nextProbeDelay({ probes: 1, duration: 4000, age: 4000, interval: 30_000 })).toBe(4000);
  });
});
