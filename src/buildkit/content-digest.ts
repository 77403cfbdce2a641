import { join } from 'node:path';

/** Hash algorithms of content digests, with the length of their hexadecimal form. */
const hexLengths: ReadonlyMap<string, number> = new Map([
  ['sha256', 64],
  ['sha512', 128],
]);

/** A content digest that has been checked: its two parts are safe as names of files. */
export interface ContentDigest {
  readonly algorithm: string;
  readonly hex: string;
  /** `algorithm:hex` */
  readonly text: string;
}

/** Reads `sha256:…` or `sha512:…`; undefined for whatever else, such as what would lead out of a folder as a path. */
export function parseDigest(text: string): ContentDigest | undefined {
  const { algorithm = '', hex = '' } = /^(?<algorithm>[a-z0-9]+):(?<hex>[a-f0-9]+)$/.exec(text)?.groups ?? {};
  return hexLengths.get(algorithm) === hex.length ? { algorithm, hex, text } : undefined;
}

/** Where a folder of the OCI image layout has a blob. */
export function blobPath(folder: string, { algorithm, hex }: ContentDigest): string {
  return join(folder, 'blobs', algorithm, hex);
}
