import { expect, test } from 'vitest';
import { createTransferMeter } from '../../../src/execution/transfer-meter.ts';

function meter(): { readonly read: ReturnType<typeof createTransferMeter>['read']; wait(milliseconds: number): void } {
  let now = 1000;
  const { read } = createTransferMeter(() => now);
  return { read, wait: (milliseconds) => void (now += milliseconds) };
}

const downloading = (id: string, current: number, total: number) =>
  ({ id, status: 'Downloading', progressDetail: { current, total } }) as const;

test('the layers of a pull are summed up, with the rate since the first byte', () => {
  const { read, wait } = meter();
  expect(read(downloading('a', 0, 1000))).toEqual({ text: 'Downloading', current: 0, total: 1000 });
  wait(500);
  expect(read(downloading('b', 500, 3000))).toEqual({ text: 'Downloading', current: 500, total: 4000, rate: 1000 });
  wait(500);
  expect(read(downloading('a', 1000, 1000))).toEqual({ text: 'Downloading', current: 1500, total: 4000, rate: 1500 });
});

test('what is unpacked has been downloaded, and counts as whole', () => {
  const { read, wait } = meter();
  read(downloading('a', 10, 1000));
  wait(300);
  expect(read({ id: 'a', status: 'Extracting', progressDetail: { current: 7, total: 1000 } })).toEqual({
    text: 'Extracting',
    current: 1000,
    total: 1000,
  });
});

test('layers that are there already do not count, nor lines about the whole', () => {
  const { read } = meter();
  expect(read({ id: 'a', status: 'Already exists' })).toBeUndefined();
  expect(read({ id: 'a', status: 'Mounted from library/busybox' })).toBeUndefined();
  expect(read({ status: 'Status: Downloaded newer image for a:1' })).toBeUndefined();
});

test('sums come a few times a second, and once more when all is done', () => {
  const { read, wait } = meter();
  read(downloading('a', 10, 100));
  wait(10);
  expect(read(downloading('a', 50, 100))).toBeUndefined();
  expect(read({ id: 'a', status: 'Pull complete' })).toEqual({ text: 'Extracting', current: 100, total: 100 });
});

test('a push never sends more than there is, and the pauses of the engine are told', () => {
  const { read, wait } = meter();
  wait(1);
  expect(read({ id: 'a', status: 'Pushing', progressDetail: { current: 120, total: 100 } })).toMatchObject({
    text: 'Pushing',
    current: 100,
    total: 100,
  });
  expect(read({ id: 'a', status: 'Retrying in 5 seconds' })).toEqual({ text: 'Retrying in 5 seconds' });
});
