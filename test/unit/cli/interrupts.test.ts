import { expect, test } from 'vitest';
import { listenForInterrupts } from '../../../src/cli/interrupts.ts';
import { RecordedHost } from './recorded-host.ts';

test('the first interrupt aborts, the second one ends the process', () => {
  const host = new RecordedHost();
  const { signal, interrupted } = listenForInterrupts(host);
  host.interrupt();
  expect([signal.aborted, interrupted(), host.exitCode]).toEqual([true, true, undefined]);
  host.interrupt();
  expect(host.exitCode).toBe(130);
});

test('who takes the second interrupt has until the third one', () => {
  const host = new RecordedHost();
  const told: string[] = [];
  listenForInterrupts(host).takeSecond(() => told.push('second'));
  host.interrupt();
  expect(told).toEqual([]);
  host.interrupt();
  expect([told, host.exitCode]).toEqual([['second'], undefined]);
  host.interrupt();
  expect(host.exitCode).toBe(130);
});

test('who has let go does not take it any more', () => {
  const host = new RecordedHost();
  const told: string[] = [];
  listenForInterrupts(host).takeSecond(() => told.push('second'))();
  host.interrupt();
  host.interrupt();
  expect([told, host.exitCode]).toEqual([[], 130]);
});
