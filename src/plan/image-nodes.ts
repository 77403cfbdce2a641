import type { ImageVerdict } from './assess-images.ts';

/** The node that pulls an image. */
export function pullId(reference: string): string {
  return `pull image:${reference}`;
}

/** The node that builds an image. */
export function buildId(reference: string): string {
  return `build image:${reference}`;
}

/** The nodes that decide which image a reference names; none if that is known. */
export function imageNodes(image: Pick<ImageVerdict, 'reference' | 'pull' | 'build'> | undefined): readonly string[] {
  if (image === undefined) return [];
  return [
    ...(image.pull === undefined ? [] : [pullId(image.reference)]),
    ...(image.build === undefined ? [] : [buildId(image.reference)]),
  ];
}
