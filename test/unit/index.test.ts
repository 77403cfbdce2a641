import { expect, test } from 'vitest';
import { down, kill, ps, remove, restart, stop, usage } from '../../src/index.ts';
import { createMemoryEngine } from '../../src/memory-engine/create-memory-engine.ts';

test.each([
  ['ps', ps],
  ['usage', usage],
  ['down', down],
  ['stop', stop],
  ['restart', restart],
  ['kill', kill],
  ['remove', remove],
] as const)(
  'an aborted %s rejects with the reason of the abort, before and while the engine is asked',
  async (_, call) => {
    const reason = new Error('enough');
    const engine = createMemoryEngine();
    await expect(call({ name: 'shop' }, { engine, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    const abort = new AbortController();
    const held = engine.control.hold('containers.list');
    const calling = call({ name: 'shop' }, { engine, signal: abort.signal });
    calling.catch(() => undefined);
    await held.arrived();
    abort.abort(reason);
    held.release();
    await expect(calling).rejects.toBe(reason);
  },
);
