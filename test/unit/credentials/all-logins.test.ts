import { expect, test } from 'vitest';
import { allLogins, loginsFile } from '../../../src/credentials/all-logins.ts';

const answer = (value: unknown) => Promise.resolve({ exitCode: 0, stdout: JSON.stringify(value), stderr: '' });
const none = () => Promise.reject(new Error('no such program'));

test('logins of the configuration, then of its store, then of helpers for single registries', async () => {
  const config = {
    auths: { 'one.example': { auth: Buffer.from('ann:secret').toString('base64') }, 'empty.example': {} },
    credsStore: 'vault',
    credHelpers: { 'three.example': 'third', 'broken.example': 'broken' },
  };
  const asked: string[] = [];
  const logins = await allLogins(
    config,
    (name, address) => {
      asked.push(`${name} ${address}`);
      if (name === 'broken') return none();
      return answer({ Username: name === 'third' ? '<token>' : 'bob', Secret: `of ${address}` });
    },
    () => answer({ 'https://two.example/v1/': 'bob' }),
  );
  expect(asked).toEqual(['vault https://two.example/v1/', 'third three.example', 'broken broken.example']);
  expect([...logins].map(([address, login]) => [address, login.serverAddress])).toEqual([
    ['one.example', 'one.example'],
    ['https://two.example/v1/', 'https://two.example/v1/'],
    ['three.example', 'three.example'],
  ]);
  expect(JSON.parse(loginsFile(logins))).toEqual({
    auths: {
      'one.example': { auth: Buffer.from('ann:secret').toString('base64') },
      'https://two.example/v1/': { auth: Buffer.from('bob:of https://two.example/v1/').toString('base64') },
      'three.example': { identitytoken: 'of three.example' },
    },
  });
});

test('a store that cannot be asked leaves what the configuration holds', async () => {
  expect(loginsFile(await allLogins({ credsStore: 'gone' }, none, none))).toBe('{\n\t"auths": {}\n}\n');
  expect([...(await allLogins({}, none, none))]).toEqual([]);
});

test('an abort is no missing login', async () => {
  const signal = AbortSignal.abort(new Error('enough'));
  await expect(allLogins({ credsStore: 'gone' }, none, none, { signal })).rejects.toThrow('no such program');
});
