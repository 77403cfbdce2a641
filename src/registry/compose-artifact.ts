import { isDigest } from '../engine/image-reference.ts';
import { composeTypes } from './media-types.ts';

/** One layer of a compose project: a text, and the file it belongs to. */
export interface ComposeLayer {
  /** Plain file name. */
  readonly file: string;
  /** `document` is appended to its file as a further YAML document, `text` is the file. */
  readonly kind: 'document' | 'text';
  readonly digest: string;
  /** Bytes. */
  readonly size: number;
  /** The text in base64, if the manifest carries it. */
  readonly data?: string;
}

/** Most layers, and bytes of a layer, of a project anyone publishes. */
const mostLayers = 1000;
const longestLayer = 16 * 1024 * 1024;

/** The file name that the layers of the project itself go to. */
export const projectFileName = 'compose.yaml';

type Bad = { readonly problem: string };

/** Reads JSON bytes to an object; undefined if they are none. */
export function readJsonObject(bytes: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  try {
    return asObject(JSON.parse(Buffer.from(bytes).toString()));
  } catch {
    return undefined;
  }
}

/** The digest of the compose project among the manifests of an index; undefined if there is none. */
export function projectInIndex(index: Readonly<Record<string, unknown>>): string | undefined {
  const manifests = Array.isArray(index['manifests']) ? index['manifests'] : [];
  for (const manifest of manifests.map(asObject)) {
    const digest = manifest?.['digest'];
    if (manifest?.['artifactType'] === composeTypes.project && typeof digest === 'string' && isDigest(digest)) {
      return digest;
    }
  }
  return undefined;
}

/**
 * The layers of a compose project, in order (compose-surface 1.4, item 12, and 4.16). Otherwise the answer is why the
 * manifest is none. File names are plain names: a path would lead out of the folder.
 */
export function readComposeManifest(
  manifest: Readonly<Record<string, unknown>>,
): { readonly layers: readonly ComposeLayer[] } | Bad {
  const kind = manifest['artifactType'] || asObject(manifest['config'])?.['mediaType'];
  if (kind !== (manifest['artifactType'] ? composeTypes.project : composeTypes.emptyConfiguration)) {
    return { problem: typeof kind === 'string' ? `it is ${kind}` : 'it does not say what it is' };
  }
  const described: readonly unknown[] = Array.isArray(manifest['layers']) ? manifest['layers'] : [];
  if (described.length > mostLayers) return { problem: `it has more than ${mostLayers} layers` };
  const layers: ComposeLayer[] = [];
  for (const item of described) {
    const layer = readLayer(asObject(item) ?? {});
    if (layer === undefined) continue;
    if ('problem' in layer) return layer;
    layers.push(layer);
  }
  const hasProject = layers.some(({ file, kind }) => kind === 'document' && file === projectFileName);
  return hasProject ? { layers } : { problem: 'it has no compose file' };
}

/** Undefined for layers of other kinds, which are left alone. */
function readLayer(layer: Readonly<Record<string, unknown>>): ComposeLayer | Bad | undefined {
  const { mediaType, digest, size, data } = layer;
  const isDocument = mediaType === composeTypes.file;
  if (!isDocument && mediaType !== composeTypes.environmentFile) return undefined;
  if (typeof digest !== 'string' || !isDigest(digest)) return { problem: 'a layer has no valid digest' };
  if (typeof size !== 'number' || !Number.isInteger(size) || size < 0) return { problem: 'a layer has no valid size' };
  if (size > longestLayer) return { problem: `a layer is larger than ${longestLayer / 1024 / 1024} MiB` };
  const notes = asObject(layer['annotations']) ?? {};
  const file = isDocument ? documentFile(notes) : notes['com.docker.compose.envfile'];
  if (!isPlainName(file)) return { problem: `${JSON.stringify(file ?? '')} is not the plain name of a file` };
  const inline = typeof data === 'string' ? { data } : {};
  return { file, kind: isDocument ? 'document' : 'text', digest, size, ...inline };
}

/** Files that others extend keep their names; everything else is one file of several documents. */
function documentFile(notes: Readonly<Record<string, unknown>>): unknown {
  return 'com.docker.compose.extends' in notes ? notes['com.docker.compose.file'] : projectFileName;
}

function isPlainName(name: unknown): name is string {
  if (typeof name !== 'string' || name === '' || name === '.' || name === '..' || name.length > 255) return false;
  return !/[/\\:]/.test(name) && [...name].every((character) => character.charCodeAt(0) >= 0x20);
}

function asObject(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}
