import { describe, expect, test } from 'vitest';
import { type ConfigRequest, config } from '../../../src/compose/config.ts';
import { isTopsailError } from '../../../src/diagnostics/topsail-error.ts';
import type { ImageReference } from '../../../src/engine/image-reference.ts';
import type { Registry } from '../../../src/engine/registry.ts';
import { registryError } from '../../../src/registry/registry-error.ts';
import { drawn, projectFiles } from '../../fakes/load-compose.ts';
import { memorySourceReader } from '../../fakes/memory-source-reader.ts';

const digest = `sha256:${'0a'.repeat(32)}`;
const other = `sha256:${'0b'.repeat(32)}`;

/** A registry that counts how many calls it has at a time, and has everything but `missing`. */
class CountingRegistry implements Registry {
  readonly asked: string[] = [];
  most = 0;
  #running = 0;

  digestOf = async ({ repository, tag }: ImageReference): Promise<string> => {
    this.asked.push(`${repository}:${tag ?? ''}`);
    this.#running += 1;
    this.most = Math.max(this.most, this.#running);
    await new Promise((resolve) => setImmediate(resolve));
    this.#running -= 1;
    if (repository === 'library/missing') throw registryError('not-found', 'registry docker.io: it has no manifest 1');
    return digest;
  };

  tags = (): Promise<never> => Promise.reject(new Error('not asked for'));
  manifest = (): Promise<never> => Promise.reject(new Error('not asked for'));
  blob = (): Promise<never> => Promise.reject(new Error('not asked for'));
}

async function show(text: string, request: Partial<ConfigRequest> & { readonly lock?: boolean } = {}): Promise<string> {
  const { lock = false, load, ...rest } = request;
  const registry = new CountingRegistry();
  const result = await config(
    {
      pinning: { registry, lock },
      ...rest,
      load: { workingDirectory: '/code/proj', environment: {}, ...load },
    },
    memorySourceReader(projectFiles(text)),
    () => 'hash',
  );
  return result.text;
}

const services = `
services:
  a: {image: nginx}
  b: {image: "ghcr.io/x/y:1@${other}", command: go}
  c: {build: .}
`;

describe('config with digests', () => {
  test('shows every image in full with its digest', async () => {
    const text = await show(services);
    expect(text).toContain(`image: docker.io/library/nginx:latest@${digest}\n`);
    expect(text).toContain(`image: ghcr.io/x/y@${other}\n`);
    expect(text).toContain('name: proj\n');
  });

  test('locks images and nothing else', async () => {
    const lock = `services:
  a:
    image: docker.io/library/nginx:latest@${digest}
  b:
    image: ghcr.io/x/y@${other}
  c: {}
`;
    expect(await show(services, { lock: true })).toBe(lock);
    const load = { workingDirectory: '/code/proj', environment: {}, interpolate: false };
    expect(await show(services, { lock: true, load })).toBe(lock);
  });

  test('locks as JSON with what Docker Compose always prints', async () => {
    const text = await show('services: {a: {image: nginx}, c: {build: .}}', { lock: true, format: 'json' });
    expect(JSON.parse(text)).toEqual({
      name: '',
      services: {
        a: { command: null, entrypoint: null, image: `docker.io/library/nginx:latest@${digest}` },
        c: { command: null, entrypoint: null },
      },
    });
  });

  test('resolves also where variables are left as they are', async () => {
    const load = { workingDirectory: '/code/proj', environment: {}, interpolate: false };
    const text = await show('services: {a: {image: nginx, command: "$X"}}', { load });
    expect(text).toContain(`image: docker.io/library/nginx:latest@${digest}\n`);
    expect(text).toContain('command: $X\n');
  });

  test('asks for each image once, for a few at a time', async () => {
    const registry = new CountingRegistry();
    const names = Array.from({ length: 40 }, (_, index) => `  s${index}: {image: "i${index % 20}"}`);
    const load = { workingDirectory: '/code/proj', environment: {} };
    const reader = memorySourceReader(projectFiles(`services:\n${names.join('\n')}\n`));
    await config({ pinning: { registry, lock: true }, load }, reader, () => 'hash');
    expect(registry.asked.toSorted()).toEqual(
      Array.from({ length: 20 }, (_, index) => `library/i${index}:latest`).sort(),
    );
    expect(registry.most).toBe(8);
  });

  test('asks nothing for a selector', async () => {
    expect(await show(services, { selector: 'services' })).toBe('a\nb\nc\n');
    expect(await show('services: {a: {image: missing}}', { selector: 'images' })).toBe('missing\n');
  });

  test('names every service whose image has no digest, at its line', async () => {
    const text = `
services:
  fine: {image: nginx}
  one:
    image: missing:1
  bad.name:
    image: Upper
`;
    const thrown: unknown = await show(text).catch((fault: unknown) => fault);
    if (!isTopsailError(thrown)) throw thrown;
    expect(thrown.code).toBe('image-digest-unknown');
    expect(drawn(thrown.diagnostics)).toEqual([
      '7:5 service "bad.name": cannot resolve the digest of image Upper: invalid reference format: repository name (library/Upper) must be lowercase',
      '5:5 service "one": cannot resolve the digest of image missing:1: registry docker.io: it has no manifest 1',
    ]);
  });

  test('checks images also when nothing is printed', async () => {
    expect(await show(services, { quiet: true })).toBe('');
    await expect(show('services: {a: {image: missing}}', { quiet: true })).rejects.toMatchObject({
      code: 'image-digest-unknown',
    });
  });
});
