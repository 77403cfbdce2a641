import { expect, test } from 'vitest';
import { parseCacheEntries } from '../../../src/buildkit/cache-entries.ts';
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
] as const)('%s needs the image store of containerd', async (_, wish) => {
  await expect(refuseForStore(buildRequestOf(wish), engineWith('overlay2'))).rejects.toThrow('containerd');
  await refuseForStore(buildRequestOf(wish), engineWith('overlayfs'));
});

test('a cache in a folder is written by buildx, with the builder of the engine if that keeps its images in containerd', async () => {
  const request = buildRequestOf({ cacheTo: ['type=local,dest=/cache'] });
  const refused = (driver: string): Promise<void> => refuseForStore(request, engineWith(driver));
  await expect(refused('overlay2')).rejects.toMatchObject({ kind: 'refused', elsewhere: 'other-builder' });
  await expect(refused('overlayfs')).rejects.toMatchObject({ kind: 'refused', elsewhere: 'buildx' });
});

test('an ordinary build does not even ask', async () => {
  const engine = { information: () => Promise.reject(new Error('asked')) };
  const request = buildRequestOf({ cacheTo: ['type=inline'], provenance: 'false' });
  await expect(refuseForStore(request, engine)).resolves.toBeUndefined();
});

test('caches are images or have a type; those that this machine would have to store are refused', () => {
  expect(parseCacheEntries(['app:cache', 'type=registry,ref=x,mode=max', ''])).toEqual([
    { type: 'registry', attributes: { ref: 'app:cache' } },
    { type: 'registry', attributes: { ref: 'x', mode: 'max' } },
  ]);
  expect(() => parseCacheEntries(['type=local,dest=/x'])).toThrow('cache of type local');
});
