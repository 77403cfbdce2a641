import { createHash } from 'node:crypto';
import type { ImageInspect } from '../engine/resource.ts';
import { bytesField, encodeMessage, numberField, textField, textMapField } from './protobuf-writer.ts';

/**
 * An image of the engine as the input of a frontend (`pb.Definition`): unlike the address of an image it is never looked up in a
 * registry, also when newer base images are asked for.
 */
export function imageInput(name: string, image: ImageInspect): Uint8Array {
  const platform = encodeMessage(
    textField(1, image.Architecture),
    textField(2, image.Os),
    textField(3, image.Variant ?? ''),
  );
  const source = encodeMessage(
    textField(1, `docker-image://${name}`),
    textMapField(2, { 'image.resolvemode': 'local' }),
  );
  const operation = encodeMessage(bytesField(3, source), bytesField(10, platform));
  const input = encodeMessage(textField(1, digestOf(operation)), numberField(2, 0));
  // A definition without metadata counts as none.
  const metadata = encodeMessage(textField(1, digestOf(operation)), bytesField(2, new Uint8Array()));
  return encodeMessage(bytesField(1, operation), bytesField(1, bytesField(1, input)), bytesField(2, metadata));
}

/** The image's defaults for a stage that builds upon it, as the frontend reads them beside an input. */
export function imageInputMetadata(image: ImageInspect): string {
  const { Architecture: architecture, Os: os, Config: config } = image;
  const described = JSON.stringify({
    architecture,
    os,
    config: config ?? {},
    rootfs: { type: 'layers', diff_ids: [] },
  });
  return JSON.stringify({ 'containerimage.config': Buffer.from(described).toString('base64') });
}

function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}
