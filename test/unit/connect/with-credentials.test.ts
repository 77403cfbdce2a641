import { expect, test } from 'vitest';
import { withCredentials } from '../../../src/connect/with-credentials.ts';
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
