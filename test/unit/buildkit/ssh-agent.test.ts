import { generateKeyPairSync, verify } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createSshAgent } from '../../../src/buildkit/ssh-agent.ts';
import { parseSshKey } from '../../../src/buildkit/ssh-key.ts';
import { openAgents } from '../../../src/buildkit/ssh-service.ts';
import { readSsh, sshNumber, sshString } from '../../../src/buildkit/ssh-wire.ts';
import { runProcess } from '../../../src/process/run-process.ts';

const folder = await mkdtemp(join(tmpdir(), 'topsail-keys-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Asks an agent in pieces of a few bytes, as a network may cut them. */
async function ask(agent: ReturnType<typeof createSshAgent>, message: Buffer): Promise<Buffer> {
  const whole = sshString(message);
  const answered = new Promise<Buffer>((resolve) => agent.once('data', resolve));
  for (let offset = 0; offset < whole.length; offset += 7) agent.write(whole.subarray(offset, offset + 7));
  return readSsh(await answered).bytes();
}

test.each([
  ['ed25519', generateKeyPairSync('ed25519'), null, 0, 'ssh-ed25519'],
  ['RSA', generateKeyPairSync('rsa', { modulusLength: 2048 }), 'sha256', 2, 'rsa-sha2-256'],
  ['RSA', generateKeyPairSync('rsa', { modulusLength: 2048 }), 'sha512', 4, 'rsa-sha2-512'],
])('a key of type %s is listed and signs (%#)', async (_, { privateKey, publicKey }, hash, flags, algorithm) => {
  const key = parseSshKey(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), 'key');
  const agent = createSshAgent([key]);
  const list = readSsh(await ask(agent, Buffer.of(11)));
  expect([list.byte(), list.number()]).toEqual([12, 1]);
  const blob = list.bytes();
  expect(list.text()).toBe('key');
  const data = Buffer.from('to be signed');
  const request = Buffer.concat([Buffer.of(13), sshString(blob), sshString(data), sshNumber(flags)]);
  const signed = readSsh(await ask(agent, request));
  expect(signed.byte()).toBe(14);
  const signature = readSsh(signed.bytes());
  expect(signature.text()).toBe(algorithm);
  expect(verify(hash, data, publicKey, signature.bytes())).toBe(true);
});

test('an unknown key, an unknown request and a torn one are failures, not the end', async () => {
  const agent = createSshAgent([]);
  const request = Buffer.concat([Buffer.of(13), sshString('other'), sshString('x'), sshNumber(0)]);
  for (const message of [request, Buffer.of(99), Buffer.of(13, 0)]) {
    expect([...(await ask(agent, message))]).toEqual([5]);
  }
});

test.each(['ed25519', 'rsa', 'ecdsa'])('a key file that ssh-keygen wrote is read: %s', async (type) => {
  const path = join(folder, type);
  try {
    await runProcess('ssh-keygen', ['-q', '-t', type, '-N', '', '-C', 'me', '-f', path], { environment: process.env });
  } catch {
    return;
  }
  const key = parseSshKey(await readFile(path, 'utf8'), path);
  const [, written = ''] = (await readFile(`${path}.pub`, 'utf8')).split(' ');
  expect(key.publicBlob.toString('base64')).toBe(written);
  expect(key.comment).toBe('me');
});

test('what cannot serve as an agent is refused before the build begins', async () => {
  await expect(openAgents([{ id: 'default', paths: [] }], undefined)).rejects.toThrow('make sure SSH_AUTH_SOCK is set');
  await expect(openAgents([{ id: 'a', paths: [join(folder, 'none')] }], '')).rejects.toThrow('cannot be read');
  expect(() => parseSshKey('no key', 'file')).toThrow('file holds no ssh key that can be read');
});
