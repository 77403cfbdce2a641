import type { EngineEndpoint } from '../engine/endpoint.ts';
import type { CallOptions } from '../engine/engine.ts';

/** Environment variables as a value. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Where to look for an engine. */
export interface EngineSearch extends CallOptions {
  readonly environment: Environment;
  readonly homeDirectory: string;
  /** As `process.platform` has it. Default: the one this process runs on. */
  readonly platform?: string;
  /** An address in the words of `DOCKER_HOST`; it wins over everything else. */
  readonly host?: string;
  /** Name of a docker context; it wins over the environment. */
  readonly context?: string;
}

/** An address that may have an engine. */
export interface EngineCandidate {
  /** Who says so, such as `DOCKER_HOST` or `rootless Podman`. */
  readonly source: string;
  readonly endpoint: EngineEndpoint;
  /** By flag, environment or configuration, rather than a place where engines usually are. */
  readonly named: boolean;
  /** The user named it: if it does not answer, nothing else is tried. */
  readonly binding: boolean;
}

/** An address that was tried, and what came of it. */
export interface LookedAt {
  readonly source: string;
  readonly address: string;
  /** By flag, environment or configuration, rather than a place where engines usually are. */
  readonly named: boolean;
  readonly outcome: 'answered' | 'absent' | 'no-permission' | 'no-answer';
  /** Why it did not answer; empty if it did. */
  readonly reason: string;
}
