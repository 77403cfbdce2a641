import type { TextMap } from './container.ts';
import type { CallOptions } from './engine.ts';

/** Where the files of a build come from. */
export type BuildSource =
  /** A folder of this machine. */
  | { readonly kind: 'folder'; readonly path: string }
  /** A git repository or a web address, which the builder fetches itself. */
  | { readonly kind: 'remote'; readonly address: string }
  /** A tar file of this machine; `-` is standard input. */
  | { readonly kind: 'archive'; readonly path: string }
  /** An image, for a named context. */
  | { readonly kind: 'image'; readonly reference: string }
  /** A folder of the OCI image layout, `folder:tag` or `folder@digest`, for a named context. */
  | { readonly kind: 'layout'; readonly reference: string }
  /** What another build of the project gave, for a named context; and how, for builders that do not see the engine's images. */
  | {
      readonly kind: 'build';
      readonly reference: string;
      readonly service: string;
      readonly request?: BuildRequest | undefined;
    };

/** A secret that build steps may mount. */
export interface BuildSecret {
  readonly id: string;
  /** A file of this machine, or the secret itself; neither if it cannot be had. */
  readonly file?: string;
  readonly value?: string;
  /** Where the value comes from, for texts that must not hold it. */
  readonly variable?: string;
}

/** An ssh agent that build steps may use: keys of this machine, or without paths the agent of the user. */
export interface BuildAgent {
  readonly id: string;
  /** Key files, or one socket of an agent. */
  readonly paths: readonly string[];
}

/** One image to build: `build` of a service, short forms resolved. */
export interface BuildRequest {
  readonly context: BuildSource;
  /** Absolute, or relative to the context; undefined for the context's `Dockerfile`. */
  readonly dockerfile?: string;
  /** The Dockerfile itself. */
  readonly dockerfileText?: string;
  /** `additional_contexts`. */
  readonly contexts: readonly { readonly name: string; readonly source: BuildSource }[];
  readonly arguments: TextMap;
  readonly labels: TextMap;
  /** References the image gets. */
  readonly tags: readonly string[];
  readonly target?: string;
  /** Empty means the engine's own. */
  readonly platforms: readonly string[];
  readonly noCache: boolean;
  /** Ask the registry for newer base images. */
  readonly pull: boolean;
  readonly cacheFrom: readonly string[];
  readonly cacheTo: readonly string[];
  readonly secrets: readonly BuildSecret[];
  readonly agents: readonly BuildAgent[];
  readonly network?: string;
  /** Bytes. */
  readonly shmSize?: number;
  /** `host:address`. */
  readonly extraHosts: readonly string[];
  readonly ulimits: readonly { readonly name: string; readonly soft: number; readonly hard: number }[];
  readonly isolation?: string;
  /** Bytes, of the classic builder. */
  readonly memory?: number;
  /** Such as `security.insecure`. */
  readonly entitlements: readonly string[];
  /** `mode=max`, `true`, `false`; absent leaves it to the builder. */
  readonly provenance?: string;
  readonly sbom?: string;
  /** The tags are pushed after the build. Where the engine cannot hold the result, the builder pushes it. */
  readonly publish?: boolean;
}

/** What happens while an image is built. Times are milliseconds since the epoch. */
export type BuildNews =
  | {
      readonly kind: 'step';
      /** Stable during the build. */
      readonly step: string;
      /** Such as `[build 2/5] RUN npm ci`. */
      readonly name: string;
      readonly state: 'waiting' | 'running' | 'done' | 'cached' | 'failed' | 'canceled';
      readonly startedAt?: number;
      readonly endedAt?: number;
      readonly error?: string;
    }
  | {
      readonly kind: 'output';
      readonly step: string;
      readonly stream: 'stdout' | 'stderr';
      readonly text: string;
      /** Milliseconds since the step began. */
      readonly elapsed?: number;
    }
  | {
      readonly kind: 'transfer';
      readonly step: string;
      /** Such as a layer or `transferring context:`. */
      readonly part: string;
      /** Bytes, mostly. */
      readonly current: number;
      readonly total: number;
      readonly startedAt?: number;
      readonly endedAt?: number;
    }
  | {
      readonly kind: 'warning';
      readonly text: string;
      readonly details: readonly string[];
      readonly address?: string;
      /** Of the Dockerfile, from 1. */
      readonly line?: number;
    };

/** What a build gave. */
export interface BuildResult {
  /** The image's id on the engine. */
  readonly id: string;
  /** The digest that registries know it by, if the builder has pushed it. */
  readonly digest?: string;
}

/** What a check of a Dockerfile found. */
export interface BuildCheck {
  readonly warnings: number;
  /** The warnings with their places, as BuildKit writes them. */
  readonly text: string;
}

/**
 * Builds images. Rejects with a TopsailError: `build-failed` (a step of the Dockerfile), `build-refused` (what the builder cannot
 * do), or an EngineError; with the signal's reason when aborted.
 */
export interface Builder {
  /** `onNews` is told of every step, in order; it never throws. */
  readonly build: (
    request: BuildRequest,
    onNews: (news: BuildNews) => void,
    call?: CallOptions,
  ) => Promise<BuildResult>;
  /** Checks the Dockerfile of a request and builds nothing. Rejects as a build does. */
  readonly check: (request: BuildRequest, call?: CallOptions) => Promise<BuildCheck>;
}
