import { expect, it } from 'vitest';
import { EngineError } from '../../../../src/engine/engine-error.ts';
import { createMemoryEngine } from '../../../../src/memory-engine/create-memory-engine.ts';
import { limit } from '../../../../src/testing/faults/limit.ts';

const signal = new AbortController().signal;

async function limited(refusal: EngineError) {
  const engine = createMemoryEngine({ images: ['app'] });
  const { id } = await engine.containers.create({ name: 'web', body: { Image: 'app' } });
  await engine.containers.start(id);
  const replica = { id, name: 'web', number: 1, inspect: await engine.containers.inspect(id) };
  engine.control.fail('containers.update web', refusal);
  return limit({ engine }, [replica], { cpus: 0.5 }, signal);
}

it('says so where the engine has no call for it', async () => {
  const refusal = limited(new EngineError('unsupported', 'Not Found'));
  await expect(refusal).rejects.toMatchObject({ code: 'fault-impossible' });
});

it('passes on what an engine refuses', async () => {
  await expect(limited(new EngineError('not-found', 'No such container'))).rejects.toThrow('No such container');
});
