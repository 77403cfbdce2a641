import { resolve } from 'node:path';
import { errorMessage } from '../diagnostics/thrown.ts';
import { BuildError } from '../engine/build-error.ts';
import { parseDigest } from './content-digest.ts';
import { type ContentStore, openContentStore } from './content-store.ts';
import { findManifest } from './layout-index.ts';

/** An image in a folder of the OCI image layout. */
export interface OciLayout {
  readonly tag: string;
  /** Of its manifest. */
  readonly digest: string;
  readonly store: ContentStore;
}

/**
 * Opens `folder`, `folder:tag` or `folder@digest`; relative to the working directory, as buildx takes it. Throws a
 * {@link BuildError} `refused`.
 */
export async function openOciLayout(reference: string): Promise<OciLayout> {
  const {
    place = '',
    tag = 'latest',
    digest: given,
  } = /^(?<place>[^@:]*)(?::(?<tag>[^@]*))?(?:@(?<digest>.*))?$/s.exec(reference)?.groups ?? {};
  const folder = resolve(place);
  const refuse = (reason: string, cause?: unknown): BuildError =>
    new BuildError('refused', `the OCI layout ${JSON.stringify(reference)} cannot be read: ${reason}`, { cause });
  const search = (): Promise<string | undefined> =>
    findManifest(folder, tag, { only: true }).catch((error: unknown) => {
      throw refuse(errorMessage(error), error);
    });
  const digest = given ?? (await search());
  if (digest === undefined) throw refuse(`its index has no tag ${tag}`);
  if (parseDigest(digest) === undefined) throw refuse(`${digest} is no digest`);
  return { tag, digest, store: openContentStore(folder, { writable: false }) };
}
