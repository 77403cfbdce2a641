import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../diagnostics/thrown.ts';
import { parseDigest } from './content-digest.ts';

const refName = 'org.opencontainers.image.ref.name';
const imageName = 'io.containerd.image.name';

/** No index is longer: each manifest takes some hundred bytes. */
const longestIndex = 16 * 1024 * 1024;

/** What an index says of a manifest; members that are not read here are kept. */
export interface ManifestDescriptor {
  readonly digest: string;
  readonly annotations?: Readonly<Record<string, string>> | null;
}

interface LayoutIndex {
  readonly manifests?: readonly unknown[] | null;
}

/** Every folder is written by one at a time. */
const writers = new Map<string, Promise<void>>();

/**
 * Digest of the manifest with this tag or name in a folder of the OCI image layout; `only` takes one without the tag, too, if there is
 * no other. Undefined if there is none. Rejects if the folder has no index that can be read.
 */
export async function findManifest(
  folder: string,
  tag: string,
  { only = false }: { readonly only?: boolean } = {},
): Promise<string | undefined> {
  const manifests = descriptorsOf(await readIndex(folder));
  const [single, ...others] = manifests;
  const found =
    manifests.find(({ annotations }) => annotations?.[imageName] === tag) ??
    manifests.find(({ annotations }) => annotations?.[refName] === tag) ??
    (only && others.length === 0 ? single : undefined);
  return found?.digest;
}

/** Gives a manifest of the folder this tag, which no other one keeps. The index changes at once or not at all. */
export async function putManifest(folder: string, tag: string, descriptor: ManifestDescriptor): Promise<void> {
  const before = writers.get(folder) ?? Promise.resolve();
  const write = before.then(() => replaceManifest(folder, tag, descriptor));
  const settled = write.catch(() => undefined);
  writers.set(folder, settled);
  try {
    await write;
  } finally {
    if (writers.get(folder) === settled) writers.delete(folder);
  }
}

async function replaceManifest(folder: string, tag: string, descriptor: ManifestDescriptor): Promise<void> {
  await mkdir(folder, { recursive: true });
  await replaceFile(join(folder, 'oci-layout'), JSON.stringify({ imageLayoutVersion: '1.0.0' }));
  const index = await readIndex(folder).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return {};
    throw error;
  });
  const others = descriptorsOf(index).filter(
    ({ annotations }) => annotations?.[refName] !== tag || annotations[imageName] !== undefined,
  );
  const tagged = { ...descriptor, annotations: { ...descriptor.annotations, [refName]: tag } };
  const written = {
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.index.v1+json',
    ...index,
    manifests: [...others, tagged],
  };
  await replaceFile(join(folder, 'index.json'), JSON.stringify(written));
}

async function replaceFile(path: string, text: string): Promise<void> {
  const beside = `${path}.${randomUUID()}`;
  try {
    await writeFile(beside, text, { flag: 'wx' });
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

async function readIndex(folder: string): Promise<LayoutIndex> {
  const path = join(folder, 'index.json');
  const found = await stat(path);
  if (!found.isFile()) throw new RangeError('its index.json is no file');
  if (found.size > longestIndex) throw new RangeError(`its index.json has ${found.size} bytes`);
  const value: unknown = JSON.parse(await readFile(path, 'utf8'));
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}

/** Of the manifests those whose digest is one. */
function descriptorsOf({ manifests }: LayoutIndex): readonly ManifestDescriptor[] {
  return Array.isArray(manifests) ? manifests.filter(isDescriptor) : [];
}

/** Whether a value from outside describes a manifest. */
export function isDescriptor(value: unknown): value is ManifestDescriptor {
  if (typeof value !== 'object' || value === null || !('digest' in value)) return false;
  return typeof value.digest === 'string' && parseDigest(value.digest) !== undefined;
}
