import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isTopsailError } from '../../../src/diagnostics/topsail-error.ts';
import { createRegistry } from '../../../src/registry/create-registry.ts';
import { fetchComposeArtifact } from '../../../src/registry/fetch-compose-artifact.ts';
import { createRemoteCache } from '../../../src/source/remote-cache.ts';
import { type RegistryServer, sha256, startRegistryServer } from '../../fakes/registry-server.ts';

const project = 'application/vnd.docker.compose.project';
const file = 'application/vnd.docker.compose.file+yaml';
const environmentFile = 'application/vnd.docker.compose.envfile';

let server: RegistryServer;
let folder: string;

beforeEach(async () => {
  server = await startRegistryServer();
  folder = await mkdtemp(join(tmpdir(), 'artifact-'));
});

afterEach(async () => {
  await server[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

function fetchIt(reference = 'oci://HOST/team/app:v1'): Promise<string> {
  const registry = createRegistry({
    credentials: () => Promise.resolve(undefined),
    insecureRegistries: [],
    environment: {},
  });
  return fetchComposeArtifact(reference.replace('HOST', server.host), { registry, cache: createRemoteCache(folder) });
}

/** What fetching it says, with the host left out. */
async function faultOf(reference?: string): Promise<string> {
  try {
    await fetchIt(reference);
  } catch (thrown) {
    if (!isTopsailError(thrown)) throw thrown;
    expect(thrown.diagnostics.map(({ code, message }) => ({ code, message }))).toEqual([
      { code: thrown.code, message: thrown.message },
    ]);
    return `${thrown.code}: ${thrown.message.replaceAll(server.host, 'HOST')}`;
  }
  throw new Error('it was fetched');
}

type Annotations = Readonly<Record<string, string>>;

function layer(mediaType: string, text: string, annotations: Annotations = {}, inline = false): object {
  const described = server.putBlob('team/app', text);
  return { mediaType, annotations, ...described, ...(inline ? { data: Buffer.from(text).toString('base64') } : {}) };
}

function named(name: string): Annotations {
  return { 'com.docker.compose.file': name };
}

function publish(layers: readonly object[], manifest: object = { artifactType: project }): string {
  return server.putManifest('team/app', { ...manifest, layers }, { tag: 'v1' });
}

async function filesBeside(path: string): Promise<Readonly<Record<string, string>>> {
  const names = (await readdir(dirname(path))).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(dirname(path), name), 'utf8')));
  return Object.fromEntries(names.map((name, index) => [name, texts[index] ?? '']));
}

describe('a project that docker compose published', () => {
  test('has its files as further documents, what is extended and env files beside them', async () => {
    const digest = publish([
      layer(file, 'services: {a: {image: x}}\n', named('one.yaml')),
      layer(file, 'services: {a: {command: y}}\n', named('two.yaml'), true),
      layer(file, 'services: {base: {}}\n', { ...named('12ab.yaml'), 'com.docker.compose.extends': 'true' }),
      layer(environmentFile, 'A=1\n', { 'com.docker.compose.envfile': '34cd.env' }),
      layer('application/vnd.example.other', 'else'),
    ]);
    const path = await fetchIt();
    expect(path).toBe(join(folder, digest.slice('sha256:'.length), 'compose.yaml'));
    expect(await filesBeside(path)).toEqual({
      '12ab.yaml': 'services: {base: {}}\n',
      '34cd.env': 'A=1\n',
      'compose.yaml': 'services: {a: {image: x}}\n\n---\nservices: {a: {command: y}}\n',
    });
    const blobs = server.requests.filter(({ line }) => line.includes('/blobs/'));
    expect(blobs.map(({ line }) => line)).not.toContain(
      `GET /v2/team/app/blobs/${sha256('services: {a: {command: y}}\n')}`,
    );
  });

  test('is not fetched again while its digest stays the same', async () => {
    publish([layer(file, 'services: {}\n')]);
    const path = await fetchIt();
    server.requests.length = 0;
    expect(await fetchIt()).toBe(path);
    expect(server.requests.map(({ line }) => line)).toEqual(['HEAD /v2/team/app/manifests/v1']);
    publish([layer(file, 'name: other\n')]);
    expect(await readFile(await fetchIt(), 'utf8')).toBe('name: other\n');
  });

  test('needs no registry when it is named by a digest that is there', async () => {
    const digest = publish([layer(file, 'services: {}\n')]);
    const path = await fetchIt(`oci://HOST/team/app@${digest}`);
    server.requests.length = 0;
    expect(await fetchIt(`oci://HOST/team/app@${digest}`)).toBe(path);
    expect(server.requests).toEqual([]);
  });

  test('may be of OCI 1.0, where its configuration says what it is', async () => {
    publish([layer(file, 'services: {}\n')], {
      config: { mediaType: 'application/vnd.docker.compose.config.empty.v1+json' },
    });
    expect(await readFile(await fetchIt(), 'utf8')).toBe('services: {}\n');
  });

  test('may be in an index with images', async () => {
    const inner = server.putManifest('team/app', { artifactType: project, layers: [layer(file, 'services: {}\n')] });
    const index = { manifests: [{ digest: sha256('image') }, { artifactType: project, digest: inner }] };
    const mediaType = 'application/vnd.oci.image.index.v1+json';
    const digest = server.putManifest('team/app', index, { tag: 'v1', mediaType });
    expect(await fetchIt()).toBe(join(folder, digest.slice('sha256:'.length), 'compose.yaml'));
  });

  test('whose inline text does not match its digest is fetched instead', async () => {
    publish([{ ...layer(file, 'good: 1\n'), data: Buffer.from('evil: 1\n').toString('base64') }]);
    expect(await readFile(await fetchIt(), 'utf8')).toBe('good: 1\n');
  });
});

describe('what is refused', () => {
  test.each(['../evil.env', '/etc/evil', 'a/b', 'a\\b', '..', '.', '', 'a\0b', 'C:evil', 'x'.repeat(256)])(
    'the file name %j',
    async (name) => {
      publish([layer(file, 'services: {}\n'), layer(environmentFile, 'A=1', { 'com.docker.compose.envfile': name })]);
      expect(await faultOf()).toBe(
        `remote-artifact-invalid: oci://HOST/team/app:v1 is no compose project: ${JSON.stringify(name)} is not the plain name of a file`,
      );
      expect(await readdir(folder)).toEqual([]);
    },
  );

  test('an extended file with a path for a name', async () => {
    publish([layer(file, 'a', { ...named('../../x.yaml'), 'com.docker.compose.extends': 'true' })]);
    expect(await faultOf()).toContain('"../../x.yaml" is not the plain name of a file');
  });

  test.each<[string, object]>([
    ['it is application/vnd.example', { artifactType: 'application/vnd.example' }],
    [
      'it is application/vnd.oci.image.config.v1+json',
      { config: { mediaType: 'application/vnd.oci.image.config.v1+json' } },
    ],
    ['it is application/vnd.docker.compose.project', { config: { mediaType: project } }],
    ['it does not say what it is', {}],
    ['it has no compose file', { artifactType: project }],
    ['a layer has no valid digest', { artifactType: project, layers: [{ mediaType: file, digest: 'x', size: 1 }] }],
    [
      'a layer has no valid size',
      { artifactType: project, layers: [{ mediaType: file, digest: sha256('x'), size: -1 }] },
    ],
    [
      'a layer is larger than 16 MiB',
      { artifactType: project, layers: [{ mediaType: file, digest: sha256('x'), size: 1e9 }] },
    ],
    ['it has more than 1000 layers', { artifactType: project, layers: Array.from({ length: 1001 }, () => ({})) }],
    [
      'it is larger than 64 MiB',
      {
        artifactType: project,
        layers: Array.from({ length: 5 }, () => ({ mediaType: file, digest: sha256('x'), size: 16 * 1024 * 1024 })),
      },
    ],
  ])('a manifest of which %s', async (problem, manifest) => {
    server.putManifest('team/app', manifest, { tag: 'v1' });
    expect(await faultOf()).toBe(`remote-artifact-invalid: oci://HOST/team/app:v1 is no compose project: ${problem}`);
    expect(await readdir(folder)).toEqual([]);
  });

  test('a manifest that is not JSON', async () => {
    server.putManifest('team/app', '<html>', { tag: 'v1' });
    expect(await faultOf()).toContain('its manifest is not JSON');
  });

  test('an index without a project', async () => {
    server.putManifest(
      'team/app',
      { manifests: [{}, null] },
      { tag: 'v1', mediaType: 'application/vnd.oci.image.index.v1+json' },
    );
    expect(await faultOf()).toContain('its index lists no compose project');
  });

  test('a reference that is none', async () => {
    expect(await faultOf('oci://HOST/Team/app')).toBe(
      'remote-reference-invalid: invalid remote file oci://HOST/Team/app: invalid reference format: repository name (Team/app) must be lowercase',
    );
  });

  test('what the registry does not have', async () => {
    expect(await faultOf()).toBe(
      'remote-fetch-failed: cannot fetch oci://HOST/team/app:v1: registry HOST: it has no manifest v1',
    );
  });

  test('a layer that is missing leaves nothing behind', async () => {
    publish([layer(file, 'services: {}\n'), { mediaType: file, digest: sha256('missing'), size: 7 }]);
    expect(await faultOf()).toContain(`registry HOST: it has no blob ${sha256('missing')}`);
    expect(await readdir(folder)).toEqual([]);
  });
});
