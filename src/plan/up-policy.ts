import type { BuildStrategy } from './assess-builds.ts';

/** When an existing container is replaced: if something differs, in any case, or not at all. */
export type RecreateStrategy = 'diverged' | 'force' | 'never';

/** What a caller of `planUp` decides beyond the file. Absent members take the defaults of `up`. */
export interface UpPolicy {
  /** Services named by the caller, planned with their dependencies; empty or absent means all. */
  readonly targets?: readonly string[];
  /** `--no-deps`: only the targets themselves. */
  readonly withoutDependencies?: boolean;
  /** For the targets (all services without targets). Default `diverged`. */
  readonly recreate?: RecreateStrategy;
  /** For dependencies of the targets. Default `diverged`, and `never` where `recreate` is `never`. */
  readonly recreateDependencies?: RecreateStrategy;
  /** `--scale`, over the file. */
  readonly scale?: ReadonlyMap<string, number>;
  /** `--pull`, over every service's own policy. */
  readonly pull?: string;
  /** `always` for `--build`, `never` for `--no-build`. Default: what is missing, and what `pull_policy` asks for. */
  readonly build?: BuildStrategy;
  /** Remove containers of services that the file does not have. Without it a notice names them. */
  readonly removeOrphans?: boolean;
  /** Neither remove nor mention them. */
  readonly ignoreOrphans?: boolean;
  /** `false` for `--no-start`: everything is created, nothing started. Default true. */
  readonly start?: boolean;
  /** `--wait`: ends when every service runs, is healthy or has completed. */
  readonly wait?: boolean;
  /** What was waited for to be healthy is shown so by the engine at the end, where its checks come often: who looks next sees it. */
  readonly confirmHealth?: boolean;
  /** `-V`: new anonymous volumes instead of those of the replaced container. */
  readonly renewAnonymousVolumes?: boolean;
  /** Seconds a replaced or removed container has to stop; absent leaves its own. */
  readonly stopTimeoutSeconds?: number;
}
