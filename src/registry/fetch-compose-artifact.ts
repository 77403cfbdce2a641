import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { remoteArtifactInvalid, remoteFetchFailed, remoteReferenceInvalid } from '../diagnostics/remote-diagnostics.ts';
import { errorMessage } from '../diagnostics/thrown.ts';
import { isTopsailError } from '../diagnostics/topsail-error.ts';
import { type ImageReference, parseImageReference } from '../engine/image-reference.ts';
import type { Registry } from '../engine/registry.ts';
import type { RemoteCache } from '../source/remote-cache.ts';
import { remoteFault } from '../source/remote-fault.ts';
import {
  type ComposeLayer,
  projectFileName,
  projectInIndex,
  readComposeManifest,
  readJsonObject,
} from './compose-artifact.ts';
import { indexTypes } from './media-types.ts';
import { hasDigest } from './verify-digest.ts';

/** What one fetch needs beside the reference. */
export interface ArtifactFetch {
  readonly registry: Registry;
  readonly cache: RemoteCache;
  readonly signal?: AbortSignal | undefined;
}

interface Fetching extends ArtifactFetch {
  /** As it was written, for messages. */
  readonly written: string;
  readonly reference: ImageReference;
}

const scheme = 'oci://';
/** Most bytes of all files of a project. */
const mostBytes = 64 * 1024 * 1024;

/**
 * Gives the path of the compose file of a project in a registry, `oci://registry/name:tag` (compose-surface 1.4, item 12):
 * its layers are fetched into the cache unless the digest is there. Throws what a RemoteSource throws.
 */
export async function fetchComposeArtifact(written: string, fetch: ArtifactFetch): Promise<string> {
  const reference = parseImageReference(written.slice(scheme.length));
  if ('problem' in reference) throw remoteFault(remoteReferenceInvalid(written, reference.problem));
  try {
    const digest = reference.digest ?? (await fetch.registry.digestOf(reference, callOf(fetch)));
    const fetching = { ...fetch, written, reference };
    const folder = await fetch.cache.provide(hexOf(digest), (empty) => fetchFiles(digest, empty, fetching));
    return join(folder, projectFileName);
  } catch (thrown) {
    if (fetch.signal?.aborted === true || (isTopsailError(thrown) && thrown.diagnostics.length > 0)) throw thrown;
    const reason = errorMessage(thrown);
    throw remoteFault(remoteFetchFailed(written, reason, hintFor(thrown)), thrown);
  }
}

function hintFor(thrown: unknown): string | undefined {
  return isTopsailError(thrown) && thrown.code === 'registry-denied' ? 'log in with docker login' : undefined;
}

function callOf({ signal }: ArtifactFetch): { readonly signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}

function hexOf(digest: string): string {
  return digest.slice(digest.indexOf(':') + 1);
}

async function fetchFiles(digest: string, folder: string, fetching: Fetching): Promise<void> {
  const manifest = await projectManifest(digest, fetching);
  const project = readComposeManifest(manifest);
  if ('problem' in project) throw remoteFault(remoteArtifactInvalid(fetching.written, project.problem));
  for (const [file, text] of await fileTexts(project.layers, fetching)) {
    await writeFile(join(folder, file), text, { mode: 0o600, flag: 'wx' });
  }
}

async function projectManifest(digest: string, fetching: Fetching): Promise<Readonly<Record<string, unknown>>> {
  const found = await manifestOf(digest, fetching);
  const type = found.content['mediaType'] ?? found.mediaType;
  if (typeof type !== 'string' || !indexTypes.includes(type)) return found.content;
  const inner = projectInIndex(found.content);
  if (inner !== undefined) return (await manifestOf(inner, fetching)).content;
  throw remoteFault(remoteArtifactInvalid(fetching.written, 'its index lists no compose project'));
}

async function manifestOf(
  digest: string,
  fetching: Fetching,
): Promise<{ readonly mediaType: string; readonly content: Readonly<Record<string, unknown>> }> {
  const { registry, repository } = fetching.reference;
  const reference = { registry, repository, digest };
  const { mediaType, bytes } = await fetching.registry.manifest(reference, callOf(fetching));
  const content = readJsonObject(bytes);
  if (content === undefined) throw remoteFault(remoteArtifactInvalid(fetching.written, 'its manifest is not JSON'));
  return { mediaType, content };
}

/** The files by name, in the order they first appear. */
async function fileTexts(
  layers: readonly ComposeLayer[],
  fetching: Fetching,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const total = layers.reduce((sum, { size }) => sum + size, 0);
  if (total > mostBytes) {
    throw remoteFault(remoteArtifactInvalid(fetching.written, `it is larger than ${mostBytes / 1024 / 1024} MiB`));
  }
  const texts = new Map<string, Uint8Array>();
  for (const layer of layers) {
    const text = await layerText(layer, fetching);
    const before = layer.kind === 'document' ? texts.get(layer.file) : undefined;
    texts.set(layer.file, before === undefined ? text : Buffer.concat([before, Buffer.from('\n---\n'), text]));
  }
  return texts;
}

/** Small layers are in the manifest itself; what does not match its digest there is fetched. */
async function layerText(layer: ComposeLayer, fetching: Fetching): Promise<Uint8Array> {
  const inline = layer.data === undefined ? undefined : Buffer.from(layer.data, 'base64');
  if (inline !== undefined && inline.length === layer.size && hasDigest(inline, layer.digest)) return inline;
  return fetching.registry.blob(fetching.reference, layer, callOf(fetching));
}
