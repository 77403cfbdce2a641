import { expect, test } from 'vitest';
import { refuseForStore } from '../../../src/buildkit/image-store-limits.ts';
import type { EngineInformation } from '../../../src/engine/engine.ts';
import { buildRequestOf } from '../../fakes/build-request.ts';

function engineWith(storageDriver: string): { readonly information: () => Promise<EngineInformation> } {
  return { information: () => Promise.resolve({ storageDriver, rootless: false, warnings: [] }) };
}

test.each([
  ['several platforms', { platforms: ['linux/amd64', 'linux/arm64'] }],
  ['an attestation', { sbom: 'true' }],
  ['a cache export', { cacheTo: ['type=registry,ref=x'] }],
  ['a cache in a folder', { cacheTo: ['type=local,dest=/cache'] }],
  ['an OCI layout', { contexts: [{ name: 'base', source: { kind: 'layout', reference: '/layout' } }] }],
] as const)('%s needs the image store of containerd', async (_, wish) => {
  await expect(refuseForStore(buildRequestOf(wish), engineWith('overlay2'), {})).rejects.toThrow('containerd');
  await refuseForStore(buildRequestOf(wish), engineWith('overlayfs'), {});
});

test('what the image store of the engine cannot do another builder may', async () => {
  const request = buildRequestOf({ cacheTo: ['type=local,dest=/cache'] });
  await expect(refuseForStore(request, engineWith('overlay2'), {})).rejects.toMatchObject({
    kind: 'refused',
    elsewhere: 'other-builder',
  });
});

test('an ordinary build does not even ask', async () => {
  const engine = { information: () => Promise.reject(new Error('asked')) };
  const request = buildRequestOf({ cacheTo: ['type=inline', 'type=gha'], provenance: 'false' });
  await expect(refuseForStore(request, engine, {})).resolves.toBeUndefined();
});
