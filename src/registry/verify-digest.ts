import { createHash } from 'node:crypto';

/** Whether bytes hash to a digest of the form `sha256:…` or `sha512:…`. */
export function hasDigest(bytes: Uint8Array, digest: string): boolean {
  const [algorithm = '', expected = ''] = digest.split(':');
  return createHash(algorithm).update(bytes).digest('hex') === expected;
}

/** The sha256 digest of bytes. */
export function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}
