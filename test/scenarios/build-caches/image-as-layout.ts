import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { readTar } from '../../../src/source/read-tar.ts';
import { engineEndpoint } from '../harness/engine-api.ts';

/** The files of an image as the engine saves them. */
async function savedFiles(image: string): Promise<ReadonlyMap<string, Buffer>> {
  const answer = await new Promise<Readable>((resolve, reject) => {
    request({ ...engineEndpoint(), path: `/images/${image}/get`, agent: false }, resolve)
      .on('error', reject)
      .end();
  });
  const files = new Map<string, Buffer>();
  for await (const { path, kind, content } of readTar(answer)) {
    if (kind === 'file') files.set(path, await buffer(content));
  }
  return files;
}

/** Engines that keep their images in containerd save layers as they are in registries: compressed. */
function layerType(bytes: Buffer): string {
  const plain = 'application/vnd.oci.image.layer.v1.tar';
  return bytes.readUInt16BE() === 0x1f8b ? `${plain}+gzip` : plain;
}

/** Writes an image of the engine into a folder of the OCI image layout, with its config byte by byte. */
export async function writeImageAsLayout(image: string, folder: string): Promise<void> {
  const files = await savedFiles(image);
  await mkdir(join(folder, 'blobs', 'sha256'), { recursive: true });
  const put = async (mediaType: string, bytes: Buffer): Promise<object> => {
    const hex = createHash('sha256').update(bytes).digest('hex');
    await writeFile(join(folder, 'blobs', 'sha256', hex), bytes);
    return { mediaType, digest: `sha256:${hex}`, size: bytes.length };
  };
  const listed = JSON.parse(String(files.get('manifest.json'))) as [{ Config: string; Layers: readonly string[] }];
  const [{ Config: config, Layers: layers }] = listed;
  const file = (path: string): Buffer => files.get(path) ?? Buffer.alloc(0);
  const manifest = {
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config: await put('application/vnd.oci.image.config.v1+json', file(config)),
    layers: await Promise.all(layers.map((path) => put(layerType(file(path)), file(path)))),
  };
  const entry = await put(manifest.mediaType, Buffer.from(JSON.stringify(manifest)));
  const annotations = { 'org.opencontainers.image.ref.name': 'latest' };
  const index = { schemaVersion: 2, manifests: [{ ...entry, annotations }] };
  await writeFile(join(folder, 'index.json'), JSON.stringify(index));
}
