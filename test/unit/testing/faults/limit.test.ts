import { expect, it } from 'vitest';
import { EngineError } from '../../../../src/engine/engine-error.ts';
import { createMemoryEngine } from '../../../../src/memory-engine/create-memory-engine.ts';
import { limit } from '../../../../src/testing/faults/limit.ts';

const signal = new AbortController().signal;

async function limited(product: 'docker' | 'podman') {
  const engine = createMemoryEngine({ images: ['app'], product });
  const { id } = await engine.containers.create({ name: 'web', body: { Image: 'app' } });
  await engine.containers.start(id);
  const replica = { id, name: 'web', number: 1, inspect: await engine.containers.inspect(id) };
  engine.control.fail('containers.update web', new EngineError('not-found', 'Not Found'));
  return limit({ engine }, [replica], { cpus: 0.5 }, signal);
}

it('says that Podman before 5 changes no limits', async () => {
  await expect(limited('podman')).rejects.toMatchObject({ code: 'fault-impossible' });
});

it('passes on what Docker refuses', async () => {
  await expect(limited('docker')).rejects.toThrow('Not Found');
});
