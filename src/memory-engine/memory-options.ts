import type { ImageInspect } from '../engine/resource.ts';

/** An image of the in-process engine. */
export interface MemoryImage {
  /** As a user writes it; `:latest` is added when it has no tag. */
  readonly reference: string;
  /** Default: derived from the reference, so that one reference always is one image. */
  readonly id?: string;
  readonly digest?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly config?: Exclude<ImageInspect['Config'], null>;
}

/** How an in-process engine starts out. */
export interface MemoryEngineOptions {
  /** Images that are on the engine. */
  readonly images?: readonly (string | MemoryImage)[];
  /** Images that a pull finds; a pull of anything else fails as an unknown image does. */
  readonly registry?: readonly (string | MemoryImage)[];
  /** API version in use. Default `1.51`. Below 1.44 a create call takes one endpoint only. */
  readonly apiVersion?: string;
  readonly product?: 'docker' | 'podman' | 'unknown';
  /** Two networks may get the same name. Default: below API 1.44, as on real engines. */
  readonly duplicateNetworkNames?: boolean;
  /** Milliseconds since the epoch. Default: a clock of its own that moves on by one millisecond at each reading. */
  readonly now?: () => number;
}
