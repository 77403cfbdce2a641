import { describe, expect, test } from 'vitest';
import { type CredentialHelper, credentialsFor, registryHost } from '../../../src/credentials/credentials-for.ts';

const noHelper: CredentialHelper = (name) => Promise.reject(new Error(`unexpected helper ${name}`));
const hub = 'https://index.docker.io/v1/';
const login = (text: string): { readonly auth: string } => ({ auth: Buffer.from(text).toString('base64') });

describe('registryHost', () => {
  test.each([
    ['nginx', 'docker.io'],
    ['nginx:alpine', 'docker.io'],
    ['library/nginx', 'docker.io'],
    ['docker.io/library/nginx', 'docker.io'],
    ['index.docker.io/me/app', 'docker.io'],
    ['r.example/me/app:1', 'r.example'],
    ['localhost/app', 'localhost'],
    ['localhost:5000/app@sha256:abc', 'localhost:5000'],
    ['me/app', 'docker.io'],
  ])('of %s is %s', (reference, host) => {
    expect(registryHost(reference)).toBe(host);
  });
});

describe('credentialsFor', () => {
  test('nothing is known about a registry nobody logged in to', async () => {
    expect(await credentialsFor('r.example/app', {}, noHelper)).toBeUndefined();
  });

  test('a stored login is split at the first colon', async () => {
    const config = { auths: { [hub]: login('me:se:cret') } };
    expect(await credentialsFor('nginx', config, noHelper)).toEqual({
      username: 'me',
      password: 'se:cret',
      serverAddress: hub,
    });
  });

  test('a login that an older client stored under an address is found by its host', async () => {
    const config = { auths: { 'https://r.example/v2/': login('me:x') } };
    expect(await credentialsFor('r.example/app', config, noHelper)).toMatchObject({
      username: 'me',
      serverAddress: 'r.example',
    });
    expect(await credentialsFor('other.example/app', config, noHelper)).toBeUndefined();
  });

  test('an identity token wins over a password', async () => {
    const config = { auths: { 'r.example': { ...login('me:x'), identitytoken: 'token' } } };
    expect(await credentialsFor('r.example/app', config, noHelper)).toEqual({
      identityToken: 'token',
      serverAddress: 'r.example',
    });
  });

  test("a registry's own helper wins over the common one and over stored logins", async () => {
    const asked: string[] = [];
    const helper: CredentialHelper = (name, serverAddress) => {
      asked.push(`${name} ${serverAddress}`);
      return Promise.resolve({ exitCode: 0, stdout: '{"ServerURL":"x","Username":"me","Secret":"s"}', stderr: '' });
    };
    const config = { credsStore: 'common', credHelpers: { 'r.example': 'own' }, auths: { 'r.example': login('a:b') } };
    expect(await credentialsFor('r.example/app', config, helper)).toEqual({
      username: 'me',
      password: 's',
      serverAddress: 'r.example',
    });
    await credentialsFor('nginx', config, helper);
    expect(asked).toEqual(['own r.example', `common ${hub}`]);
  });

  test('a helper may answer with a token, or that it knows nothing', async () => {
    const config = { credsStore: 'store' };
    const token: CredentialHelper = () =>
      Promise.resolve({ exitCode: 0, stdout: '{"Username":"<token>","Secret":"t"}', stderr: '' });
    expect(await credentialsFor('nginx', config, token)).toEqual({ identityToken: 't', serverAddress: hub });
    const unknown: CredentialHelper = () =>
      Promise.resolve({ exitCode: 1, stdout: 'credentials not found in native keychain\n', stderr: '' });
    expect(await credentialsFor('nginx', config, unknown)).toBeUndefined();
  });

  test('a helper that is missing, fails or talks nonsense is named', async () => {
    const config = { credsStore: 'store' };
    const failing: CredentialHelper = () => Promise.resolve({ exitCode: 1, stdout: '', stderr: 'keychain locked\n' });
    await expect(credentialsFor('nginx', config, failing)).rejects.toMatchObject({
      code: 'credential-helper-failed',
      message: 'docker-credential-store failed: keychain locked',
    });
    const nonsense: CredentialHelper = () => Promise.resolve({ exitCode: 0, stdout: 'hello', stderr: '' });
    await expect(credentialsFor('nginx', config, nonsense)).rejects.toMatchObject({ code: 'credential-helper-failed' });
    await expect(credentialsFor('nginx', config, noHelper)).rejects.toMatchObject({
      message: 'cannot run docker-credential-store',
    });
  });

  test('names that every object has are no logins', async () => {
    const config = { credHelpers: {}, auths: {} };
    expect(await credentialsFor('localhost/constructor', config, noHelper)).toBeUndefined();
  });
});
