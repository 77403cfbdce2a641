import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RegistryCredentials } from '../../../src/engine/engine.ts';
import type { ImageReference } from '../../../src/engine/image-reference.ts';
import type { Registry } from '../../../src/engine/registry.ts';
import { createRegistry } from '../../../src/registry/create-registry.ts';
import { type RegistryServer, sha256, startRegistryServer } from '../../fakes/registry-server.ts';

let server: RegistryServer;

beforeEach(async () => {
  server = await startRegistryServer();
});

afterEach(() => server[Symbol.asyncDispose]());

function registryWith(credentials?: RegistryCredentials): Registry {
  return createRegistry({ credentials: () => Promise.resolve(credentials), insecureRegistries: [], environment: {} });
}

function app(part: { readonly tag?: string; readonly digest?: string } = { tag: 'v1' }): ImageReference {
  return { registry: server.host, repository: 'team/app', ...part };
}

const manifestLine = 'HEAD /v2/team/app/manifests/v1';

describe('digests', () => {
  test('the digest of an index is taken from the header of a HEAD', async () => {
    const mediaType = 'application/vnd.oci.image.index.v1+json';
    const digest = server.putManifest('team/app', { manifests: [] }, { tag: 'v1', mediaType });
    expect(await registryWith().digestOf(app())).toBe(digest);
    expect(server.requests.map(({ line }) => line)).toEqual([manifestLine]);
  });

  test('a registry that does not say it gives the manifest, whose bytes do', async () => {
    const digest = server.putManifest('team/app', { layers: [] }, { tag: 'v1', unlabelled: true });
    expect(await registryWith().digestOf(app())).toBe(digest);
  });

  test('a digest that is none is not believed', async () => {
    const digest = server.putManifest('team/app', { layers: [] }, { tag: 'v1', unlabelled: true });
    server.plan(manifestLine, { status: 200, headers: { 'docker-content-digest': '../../x' } });
    expect(await registryWith().digestOf(app())).toBe(digest);
  });
});

describe('contents', () => {
  test('a manifest has its bytes, type and digest', async () => {
    const digest = server.putManifest('team/app', '{"a":1}', {
      tag: 'v1',
      mediaType: 'application/x+json; charset=utf-8',
    });
    const { bytes, ...rest } = await registryWith().manifest(app());
    expect(rest).toEqual({ digest, mediaType: 'application/x+json' });
    expect(Buffer.from(bytes).toString()).toBe('{"a":1}');
  });

  test.each([{ tag: 'v1' }, { digest: sha256('{"a":1}') }])(
    'bytes that do not match the digest are refused: %o',
    async (part) => {
      const path = `manifests/${part.digest ?? part.tag ?? ''}`;
      const headers = { 'docker-content-digest': sha256('{"a":1}') };
      server.plan(`GET /v2/team/app/${path}`, { status: 200, headers, body: '{"a":2}' });
      await expect(registryWith().manifest(app(part))).rejects.toMatchObject({
        code: 'registry-answer-invalid',
        message: `registry ${server.host}: what it sent is not ${sha256('{"a":1}')}: its digest differs`,
      });
    },
  );

  test('a blob is its bytes', async () => {
    const blob = server.putBlob('team/app', 'services: {}');
    expect(Buffer.from(await registryWith().blob(app(), blob)).toString()).toBe('services: {}');
  });

  test('a blob that is longer than described is not read to its end', async () => {
    const { digest } = server.putBlob('team/app', 'x'.repeat(100_000));
    await expect(registryWith().blob(app(), { digest, size: 10 })).rejects.toMatchObject({
      code: 'registry-answer-invalid',
      message: `registry ${server.host}: the answer is longer than 65536 bytes`,
    });
  });

  test('a blob with another content is refused', async () => {
    const digest = sha256('good');
    server.plan(`GET /v2/team/app/blobs/${digest}`, { status: 200, body: 'evil' });
    await expect(registryWith().blob(app(), { digest, size: 4 })).rejects.toMatchObject({
      code: 'registry-answer-invalid',
    });
  });

  test('a digest that would be another path is never asked for', async () => {
    await expect(registryWith().blob(app(), { digest: '../../../v2/secret', size: 4 })).rejects.toMatchObject({
      code: 'registry-answer-invalid',
    });
    expect(server.requests).toEqual([]);
  });

  test('a redirect is followed without the login', async () => {
    await using store = await startRegistryServer();
    const digest = sha256('text');
    store.plan(`GET /store/1?signature=x`, { status: 200, body: 'text' });
    server.requireLogin('Basic realm="x"', 'Basic bWU6cGFzcw==');
    server.plan(`GET /v2/team/app/blobs/${digest}`, {
      status: 307,
      headers: { location: `http://${store.host}/store/1?signature=x` },
    });
    const registry = registryWith({ username: 'me', password: 'pass' });
    server.putManifest('team/app', '{}', { tag: 'v1' });
    await registry.digestOf(app());
    expect(Buffer.from(await registry.blob(app(), { digest, size: 4 })).toString()).toBe('text');
    expect(server.requests.at(-1)?.authorization).toBe('Basic bWU6cGFzcw==');
    expect(store.requests).toEqual([{ line: 'GET /store/1?signature=x', authorization: undefined, body: '' }]);
  });

  test.each(['/v2/team/app/manifests/v1', 'file:///etc/passwd'])('a redirect to %s ends', async (location) => {
    server.plan(manifestLine, { status: 302, headers: { location } });
    await expect(registryWith().digestOf(app())).rejects.toMatchObject({ code: 'registry-answer-invalid' });
  });
});

describe('logins', () => {
  const challenge = (): string =>
    `Bearer realm="http://${server.host}/token",service="my registry",scope="repository:team/app:pull"`;

  test('a token is asked for once for a repository, also by calls at the same time', async () => {
    const digest = server.putManifest('team/app', '{}', { tag: 'v1' });
    server.requireLogin(challenge(), 'Bearer T');
    const line = 'GET /token?service=my+registry&scope=repository%3Ateam%2Fapp%3Apull';
    server.plan(line, { status: 200, body: '{"token":"T"}' });
    const registry = registryWith();
    expect(await Promise.all([registry.digestOf(app()), registry.digestOf(app())])).toEqual([digest, digest]);
    await registry.digestOf(app());
    expect(server.requests.filter((request) => request.line === line)).toEqual([
      { line, authorization: undefined, body: '' },
    ]);
  });

  test('a user name and password go to the token server', async () => {
    server.putManifest('team/app', '{}', { tag: 'v1' });
    server.requireLogin(challenge(), 'Bearer T');
    const line = 'GET /token?service=my+registry&scope=repository%3Ateam%2Fapp%3Apull';
    server.plan(line, { status: 200, body: '{"access_token":"T"}' });
    await registryWith({ username: 'me', password: 'pa:ss' }).digestOf(app());
    const asked = server.requests.find((request) => request.line === line);
    expect(asked?.authorization).toBe(`Basic ${Buffer.from('me:pa:ss').toString('base64')}`);
    expect(server.requests[0]?.authorization).toBeUndefined();
  });

  test('an identity token is exchanged', async () => {
    server.putManifest('team/app', '{}', { tag: 'v1' });
    server.requireLogin(challenge(), 'Bearer T');
    server.plan('POST /token', { status: 200, body: '{"access_token":"T"}' });
    await registryWith({ identityToken: 'long' }).digestOf(app());
    const asked = server.requests.find(({ line }) => line === 'POST /token');
    expect(Object.fromEntries(new URLSearchParams(asked?.body))).toEqual({
      grant_type: 'refresh_token',
      refresh_token: 'long',
      client_id: 'topsail',
      service: 'my registry',
      scope: 'repository:team/app:pull',
    });
  });

  test('a token that has run out is replaced', async () => {
    server.putManifest('team/app', '{}', { tag: 'v1' });
    const line = 'GET /token?service=my+registry&scope=repository%3Ateam%2Fapp%3Apull';
    server.requireLogin(challenge(), 'Bearer T1');
    server.plan(line, { status: 200, body: '{"token":"T1"}' });
    const registry = registryWith();
    await registry.digestOf(app());
    server.requireLogin(challenge(), 'Bearer T2');
    server.plan(line, { status: 200, body: '{"token":"T2"}' });
    await registry.digestOf(app());
    expect(server.requests.filter((request) => request.line === line)).toHaveLength(2);
  });

  test.each<[string, PlannedLogin]>([
    ['it wants a login', { challenge: 'Basic realm="x"' }],
    ['it wants a login', { challenge: '' }],
    ['it wants a login', { token: { status: 401 } }],
    ['it refuses the login', { token: { status: 401 }, credentials: { username: 'a', password: 'b' } }],
    [
      'it does not give us team/app: it has none, or it wants another login',
      { token: { status: 200, body: '{"token":"no"}' } },
    ],
    ['its token server gave no token (status 200)', { token: { status: 200, body: '<html>' } }],
    ['its token server gave no token (status 200)', { token: { status: 200, body: '{"token":"a\\r\\nb"}' } }],
    ['its token server gave no token (status 500)', { token: { status: 500 } }],
    [
      'its token server "http://example.com/token" is not safe to talk to',
      { challenge: 'Bearer realm="http://example.com/token"' },
    ],
    ['its token server "ftp://h/t" is not safe to talk to', { challenge: 'Bearer realm="ftp://h/t"' }],
  ])('says that %s', async (problem, { challenge: written, token, credentials }) => {
    server.requireLogin(written ?? `Bearer realm="http://${server.host}/token"`, 'Bearer T');
    if (token !== undefined) server.plan('GET /token?scope=repository%3Ateam%2Fapp%3Apull', token);
    await expect(registryWith(credentials).digestOf(app())).rejects.toMatchObject({
      message: `registry ${server.host}: ${problem}`,
    });
  });
});

interface PlannedLogin {
  readonly challenge?: string;
  readonly token?: { readonly status: number; readonly body?: string };
  readonly credentials?: RegistryCredentials;
}

describe('refusals', () => {
  test.each([
    [404, 'registry-not-found', 'it has no manifest v1: unknown'],
    [403, 'registry-denied', 'it denies access: unknown'],
    [429, 'registry-refused', 'it takes no more requests for now: unknown'],
    [500, 'registry-refused', 'it answers with status 500: unknown'],
  ])('status %i is told', async (status, code, message) => {
    server.plan('GET /v2/team/app/manifests/v1', { status, body: '{"errors":[{"message":"unknown"}]}' });
    await expect(registryWith().manifest(app())).rejects.toMatchObject({
      code,
      message: `registry ${server.host}: ${message}`,
    });
  });

  test('a registry that is not there is told', async () => {
    const { host } = server;
    await server[Symbol.asyncDispose]();
    await expect(registryWith().digestOf({ registry: host, repository: 'a', tag: 'b' })).rejects.toMatchObject({
      code: 'registry-unreachable',
      message: `cannot reach registry ${host}: connect ECONNREFUSED ${host}`,
    });
    server = await startRegistryServer();
  });

  test('an abort rejects with its reason', async () => {
    const abort = new AbortController();
    const call = registryWith().digestOf(app(), { signal: abort.signal });
    abort.abort(new Error('enough'));
    await expect(call).rejects.toThrow('enough');
  });
});

describe('tags', () => {
  const line = 'GET /v2/team/app/tags/list?n=1000';

  test('a repository tells its tags', async () => {
    server.plan(line, { status: 200, body: JSON.stringify({ name: 'team/app', tags: ['v1', 'v2', 3] }) });
    expect(await registryWith().tags(app())).toEqual(['v1', 'v2']);
  });

  test('a repository that has lost its tags has none', async () => {
    server.plan(line, { status: 200, body: '{"name":"team/app","tags":null}' });
    expect(await registryWith().tags(app())).toEqual([]);
  });

  test('a repository that is not there is not found, and nonsense is refused', async () => {
    await expect(registryWith().tags(app())).rejects.toMatchObject({ code: 'registry-not-found' });
    server.plan(line, { status: 200, body: 'tags' });
    await expect(registryWith().tags(app())).rejects.toMatchObject({ code: 'registry-answer-invalid' });
  });
});
