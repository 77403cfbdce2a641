import type { CallOptions } from './engine.ts';
import type { ImageReference } from './image-reference.ts';

/** A manifest or an index as the registry keeps it; its bytes hash to the digest. */
export interface RegistryManifest {
  readonly digest: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** What a manifest says about a blob of its repository. */
export interface BlobDescription {
  readonly digest: string;
  /** Bytes. */
  readonly size: number;
}

/**
 * Registries by their HTTP API (OCI distribution specification). Every call rejects with a TopsailError: `registry-unreachable`,
 * `registry-denied`, `registry-not-found`, `registry-refused` or `registry-answer-invalid`; with the signal's reason
 * when aborted.
 */
export interface Registry {
  /**
   * The digest a reference stands for now, that of the index for an image of several platforms
   * (`HEAD /v2/<name>/manifests/<reference>`).
   */
  readonly digestOf: (reference: ImageReference, call?: CallOptions) => Promise<string>;
  /** Tags of the reference's repository, the first page of them (`GET /v2/<name>/tags/list`). */
  readonly tags: (reference: ImageReference, call?: CallOptions) => Promise<readonly string[]>;
  /** `GET /v2/<name>/manifests/<reference>`; at most 4 MiB. */
  readonly manifest: (reference: ImageReference, call?: CallOptions) => Promise<RegistryManifest>;
  /** `GET /v2/<name>/blobs/<digest>`; exactly the described bytes. */
  readonly blob: (reference: ImageReference, blob: BlobDescription, call?: CallOptions) => Promise<Uint8Array>;
}
