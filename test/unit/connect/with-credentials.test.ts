import { expect, test } from 'vitest';
import { withCredentials } from '../../../src/connect/with-credentials.ts';
import { EngineError } from '../../../src/engine/engine-error.ts';
import { createMemoryEngine } from '../../../src/memory-engine/create-memory-engine.ts';

test('a pull without a login gets the one that is known', async () => {
  const memory = createMemoryEngine({ registry: ['r.example/app', 'nginx'] });
  const known = { username: 'me', password: 'x' };
  const engine = withCredentials(memory, (reference) =>
    Promise.resolve(reference.startsWith('r.') ? known : undefined),
  );
  for await (const _ of engine.images.pull('r.example/app', { platform: 'linux/amd64' })) continue;
  for await (const _ of engine.images.pull('nginx')) continue;
  for await (const _ of engine.images.pull('r.example/app', { credentials: { identityToken: 't' } })) continue;
  expect(memory.control.calls.map((call) => call.details)).toEqual([
    { platform: 'linux/amd64', credentials: known },
    {},
    { credentials: { identityToken: 't' } },
  ]);
});

test('a push gets it too, and a refusal says whose login was refused', async () => {
  const memory = createMemoryEngine({ images: ['r.example/app', 'nginx'] });
  memory.control.fail('images.push', new EngineError('access-denied', 'unauthorized'), 2);
  const engine = withCredentials(memory, (reference) =>
    Promise.resolve(reference.startsWith('r.') ? { username: 'me', password: 'x' } : undefined),
  );
  const push = async (reference: string): Promise<void> => {
    for await (const _ of engine.images.push(reference)) continue;
  };
  await expect(push('r.example/app')).rejects.toMatchObject({
    kind: 'access-denied',
    message: 'the registry refuses the login of "me": unauthorized',
  });
  await expect(push('nginx')).rejects.toMatchObject({ message: 'there is no login for the registry: unauthorized' });
});
