import { createPrivateKey, type JsonWebKey, type KeyObject, sign } from 'node:crypto';
import { BuildError } from '../engine/build-error.ts';
import { readSsh, type SshReader, sshInteger, sshString } from './ssh-wire.ts';

/** A private key as an ssh agent uses it. */
export interface SshKey {
  /** The public key as SSH writes it. */
  readonly publicBlob: Buffer;
  readonly comment: string;
  /** Signs as the agent protocol asks; `flags` chooses the hash of an RSA signature. */
  readonly sign: (data: Uint8Array, flags: number) => Buffer;
}

const openSshForm = /-----BEGIN OPENSSH PRIVATE KEY-----([\s\S]*?)-----END OPENSSH PRIVATE KEY-----/;

/** Reads a private key file: OpenSSH's own form, or PEM. Throws a {@link BuildError} `refused`, for one with a passphrase too. */
export function parseSshKey(text: string, path: string): SshKey {
  try {
    const body = openSshForm.exec(text)?.[1];
    const { key, comment } =
      body === undefined
        ? { key: createPrivateKey(text), comment: path }
        : readOpenSsh(Buffer.from(body, 'base64'), path);
    return keyOf(key, comment);
  } catch (cause) {
    if (cause instanceof BuildError) throw cause;
    if (/ENCRYPTED/.test(text)) throw withPassphrase(path);
    throw new BuildError('refused', `${path} holds no ssh key that can be read`, { cause });
  }
}

function withPassphrase(path: string): BuildError {
  return new BuildError('refused', `the ssh key ${path} has a passphrase; add it to an ssh agent instead`);
}

function readOpenSsh(bytes: Buffer, path: string): { readonly key: KeyObject; readonly comment: string } {
  const magic = 'openssh-key-v1\0';
  if (bytes.subarray(0, magic.length).toString() !== magic) throw new RangeError('it is of another form');
  const outer = readSsh(bytes.subarray(magic.length));
  const cipher = outer.text();
  outer.bytes();
  outer.bytes();
  if (cipher !== 'none') throw withPassphrase(path);
  outer.number();
  outer.bytes();
  const inner = readSsh(outer.bytes());
  inner.number();
  inner.number();
  const jwk = readPrivate(inner.text(), inner);
  return { key: createPrivateKey({ key: jwk, format: 'jwk' }), comment: inner.text() };
}

function readPrivate(type: string, from: SshReader): JsonWebKey {
  if (type === 'ssh-ed25519') {
    const x = from.bytes();
    return { kty: 'OKP', crv: 'Ed25519', x: base64(x), d: base64(from.bytes().subarray(0, 32)) };
  }
  if (type === 'ssh-rsa') {
    const [n, e, d, qi, p, q] = [from.bytes(), from.bytes(), from.bytes(), from.bytes(), from.bytes(), from.bytes()];
    const rest = (prime: Buffer): string => base64(bytesOf(integerOf(d) % (integerOf(prime) - 1n)));
    const parts = { n, e, d, p, q, qi };
    const plain = Object.fromEntries(Object.entries(parts).map(([name, value]) => [name, base64(unsigned(value))]));
    return { kty: 'RSA', ...plain, dp: rest(p), dq: rest(q) };
  }
  if (type.startsWith('ecdsa-sha2-nistp')) {
    from.bytes();
    const point = from.bytes();
    const size = (point.length - 1) / 2;
    const secret = unsigned(from.bytes());
    return {
      kty: 'EC',
      crv: type.replace('ecdsa-sha2-nistp', 'P-'),
      x: base64(point.subarray(1, 1 + size)),
      y: base64(point.subarray(1 + size)),
      d: base64(Buffer.concat([Buffer.alloc(Math.max(0, size - secret.length)), secret])),
    };
  }
  throw new RangeError(`its type is ${type}`);
}

const curveHashes: ReadonlyMap<string, string> = new Map([
  ['P-256', 'sha256'],
  ['P-384', 'sha384'],
  ['P-521', 'sha512'],
]);

function keyOf(key: KeyObject, comment: string): SshKey {
  const jwk = key.export({ format: 'jwk' });
  const part = (value: string | undefined): Buffer => Buffer.from(value ?? '', 'base64url');
  switch (jwk.kty) {
    case 'OKP':
      return {
        comment,
        publicBlob: Buffer.concat([sshString('ssh-ed25519'), sshString(part(jwk.x))]),
        sign: (data) => Buffer.concat([sshString('ssh-ed25519'), sshString(sign(null, data, key))]),
      };
    case 'RSA':
      return {
        comment,
        publicBlob: Buffer.concat([sshString('ssh-rsa'), sshInteger(part(jwk.e)), sshInteger(part(jwk.n))]),
        sign: (data, flags) => signRsa(key, data, flags),
      };
    case 'EC': {
      const curve = (jwk.crv ?? '').replace('P-', 'nistp');
      const type = `ecdsa-sha2-${curve}`;
      const point = Buffer.concat([Buffer.of(4), part(jwk.x), part(jwk.y)]);
      return {
        comment,
        publicBlob: Buffer.concat([sshString(type), sshString(curve), sshString(point)]),
        sign: (data) => {
          const both = sign(curveHashes.get(jwk.crv ?? ''), data, { key, dsaEncoding: 'ieee-p1363' });
          const halves = [both.subarray(0, both.length / 2), both.subarray(both.length / 2)].map(sshInteger);
          return Buffer.concat([sshString(type), sshString(Buffer.concat(halves))]);
        },
      };
    }
    default:
      throw new RangeError(`its type is ${String(jwk.kty)}`);
  }
}

/** Flags of the agent protocol: 2 asks for SHA-256, 4 for SHA-512. */
function signRsa(key: KeyObject, data: Uint8Array, flags: number): Buffer {
  const [name, hash] =
    (flags & 4) !== 0
      ? ['rsa-sha2-512', 'sha512']
      : (flags & 2) !== 0
        ? ['rsa-sha2-256', 'sha256']
        : ['ssh-rsa', 'sha1'];
  return Buffer.concat([sshString(name), sshString(sign(hash, data, key))]);
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}

/** Without the zero that keeps an `mpint` from being negative. */
function unsigned(bytes: Buffer): Buffer {
  return bytes[0] === 0 ? bytes.subarray(1) : bytes;
}

function integerOf(bytes: Buffer): bigint {
  return BigInt(`0x${bytes.toString('hex')}`);
}

function bytesOf(value: bigint): Buffer {
  const digits = value.toString(16);
  return Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex');
}
