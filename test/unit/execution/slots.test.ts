import { describe, expect, it } from 'vitest';
import { createSlots } from '../../../src/execution/slots.ts';
import { settle } from '../../fakes/manual-clock.ts';

const never = new AbortController().signal;

function deferred(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

describe('createSlots', () => {
  it('admits in the order of arrival', async () => {
    const slots = createSlots(1);
    const order: string[] = [];
    const gate = deferred();
    const runs = [
      slots.run(never, async () => {
        await gate.promise;
        order.push('a');
      }),
      ...['b', 'c'].map((name) => slots.run(never, () => Promise.resolve(void order.push(name)))),
    ];
    await settle();
    expect(order).toEqual([]);
    gate.resolve();
    await Promise.all(runs);
    expect(order).toEqual(['a', 'b', 'c']);
  });

  it('frees the place of work that fails', async () => {
    const slots = createSlots(1);
    await expect(slots.run(never, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(slots.run(never, () => Promise.resolve('yes'))).resolves.toBe('yes');
  });

  it('lets go of who is aborted while waiting, without running it', async () => {
    const slots = createSlots(1);
    const gate = deferred();
    const abort = new AbortController();
    const first = slots.run(never, () => gate.promise);
    let ran = false;
    const second = slots.run(abort.signal, () => Promise.resolve((ran = true)));
    abort.abort(new Error('stop'));
    await expect(second).rejects.toThrow('stop');
    gate.resolve();
    await first;
    await expect(slots.run(never, () => Promise.resolve('free'))).resolves.toBe('free');
    expect(ran).toBe(false);
  });
});
