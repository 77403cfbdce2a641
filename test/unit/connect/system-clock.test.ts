import { expect, test } from 'vitest';
import { systemClock } from '../../../src/connect/system-clock.ts';

test('an aborted sleep rejects with the reason of the signal', async () => {
  const abort = new AbortController();
  const sleep = systemClock.sleep(60_000, abort.signal);
  abort.abort(new Error('enough'));
  await expect(sleep).rejects.toThrow('enough');
  await expect(systemClock.sleep(60_000, AbortSignal.abort(new Error('before')))).rejects.toThrow('before');
});

test('a sleep ends, and time does not go back', async () => {
  const before = systemClock.now();
  await systemClock.sleep(1);
  await systemClock.sleep(1, new AbortController().signal);
  expect(systemClock.now()).toBeGreaterThanOrEqual(before);
});
