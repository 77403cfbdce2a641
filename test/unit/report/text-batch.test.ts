import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createTextBatch } from '../../../src/report/text-batch.ts';

/** An output whose reader takes what was written when it is told to. */
function slowOutput() {
  const writes: string[] = [];
  let release = (): void => undefined;
  let waiting: Promise<void> | undefined;
  return {
    writes,
    release: () => release(),
    output: {
      write: (text: string) => void writes.push(text),
      drain: () => {
        waiting ??= new Promise((resolve) => {
          release = () => {
            waiting = undefined;
            resolve();
          };
        });
        return waiting;
      },
    },
  };
}

test('texts of one turn of the event loop are one write at its end', async () => {
  const writes: string[] = [];
  const output = { write: (text: string) => void writes.push(text) };
  const batch = createTextBatch();
  for (const text of ['a', 'b', 'c']) batch.add(output, text);
  expect(batch.behind()).toBeUndefined();
  expect(writes).toEqual([]);
  await nextTurn();
  expect(writes).toEqual(['abc']);
});

test('texts for different outputs keep their order, and much text is written without waiting', () => {
  const order: string[] = [];
  const outputs = ['out', 'err'].map((name) => ({
    write: (text: string) => void order.push(`${name}:${text.length}`),
  }));
  const [out, err] = outputs;
  if (out === undefined || err === undefined) throw new Error('no outputs');
  let writing = 0;
  const batch = createTextBatch((body) => {
    writing += 1;
    body();
  });
  batch.add(out, 'a');
  batch.add(err, 'bb');
  batch.add(out, 'c');
  batch.flush();
  batch.add(out, 'x'.repeat(100_000));
  batch.flush();
  expect(order).toEqual(['out:1', 'err:2', 'out:1', 'out:100000']);
  expect(writing).toBe(2);
});

test('who writes to a slow reader is told to wait until it has taken everything', async () => {
  const { output, writes, release } = slowOutput();
  const batch = createTextBatch();
  batch.add(output, 'x'.repeat(70_000));
  expect(batch.behind()).toBeInstanceOf(Promise);
  batch.add(output, 'rest');
  const wait = batch.behind();
  let over = false;
  const waited = wait?.then(() => {
    over = true;
  });
  await nextTurn();
  expect([over, writes.length]).toEqual([false, 2]);
  release();
  await waited;
  batch.flush();
  release();
  await nextTurn();
  expect(batch.behind()).toBeUndefined();
});
