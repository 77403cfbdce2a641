import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type BuildContexts, layOutContexts } from '../../../src/buildkit/build-contexts.ts';
import { putManifest } from '../../../src/buildkit/layout-index.ts';
import { createMemoryEngine } from '../../../src/memory-engine/create-memory-engine.ts';
import { buildRequestOf } from '../../fakes/build-request.ts';
import { temporaryFolder } from '../../fakes/temporary-folder.ts';

const digest = `sha256:${'1'.repeat(64)}`;

async function withLayout(reference: string): Promise<BuildContexts> {
  const context = await temporaryFolder();
  const request = buildRequestOf({
    context: { kind: 'folder', path: context },
    contexts: [{ name: 'base', source: { kind: 'layout', reference } }],
  });
  return layOutContexts(request, createMemoryEngine(), new AbortController().signal);
}

test('an OCI layout is served under a name that does not tell its path', async () => {
  const folder = join(await temporaryFolder(), 'layout');
  await mkdir(folder);
  await putManifest(folder, 'v1', { digest });
  for (const reference of [folder, `${folder}:v1`]) {
    const { attributes, stores } = await withLayout(reference);
    const tag = reference === folder ? 'latest' : 'v1';
    expect(attributes['context:base']).toBe(`oci-layout://context0:${tag}@${digest}`);
    expect(stores.get('oci:context0')?.folder).toBe(folder);
  }
  const named = await withLayout(`/nowhere:v2@${digest}`);
  expect(named.attributes['context:base']).toBe(`oci-layout://context0:v2@${digest}`);
});

test('an OCI layout without the tag, without an index, or with what is no digest is refused', async () => {
  const folder = await temporaryFolder();
  await putManifest(folder, 'v1', { digest });
  await putManifest(folder, 'v2', { digest });
  await expect(withLayout(folder)).rejects.toThrow('its index has no tag latest');
  await expect(withLayout(`${folder}:v3`)).rejects.toMatchObject({ kind: 'refused' });
  await expect(withLayout(`${folder}@sha256:../x`)).rejects.toThrow('sha256:../x is no digest');
  await expect(withLayout('/nowhere')).rejects.toThrow('the OCI layout "/nowhere" cannot be read: ENOENT');
});
