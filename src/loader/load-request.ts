import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { SourceRange } from '../diagnostics/source-range.ts';
import type { SourceText } from '../diagnostics/source-text.ts';
import type { Named, Project } from '../project/project.ts';
import type { ProjectProvenance } from './provenance.ts';

/** What to load. Everything of the process that matters is passed in; the loader reads nothing but its SourceReader. */
export interface LoadRequest {
  /** Absolute working directory: where lookup starts and relative `files` resolve. */
  readonly workingDirectory: string;
  /** The process environment. COMPOSE_* variables in it are honoured as Docker Compose does (spec-facts section 2). */
  readonly environment: Named<string>;
  /** The user's home, for `~`. */
  readonly homeDirectory?: string;
  /** `-f`, in order; `-` is standard input. Empty or absent: COMPOSE_FILE, then lookup. */
  readonly files?: readonly string[];
  /** `--project-directory`. */
  readonly projectDirectory?: string;
  /** `-p`. */
  readonly projectName?: string;
  /** `--profile`. */
  readonly profiles?: readonly string[];
  /** `--env-file`. */
  readonly environmentFiles?: readonly string[];
  /** Service arguments: kept with their dependencies; everything else is dropped. */
  readonly services?: readonly string[];
  /** Services whose own profiles are active because a command names them; unlike with `services`, nothing is dropped. */
  readonly enabled?: readonly string[];
  /** `--no-deps`: with `services`, keep only the named ones and cut edges to the others. */
  readonly withoutDependencies?: boolean;
  /** `--all-resources`: keep networks, volumes, configs and secrets that nothing uses. */
  readonly allResources?: boolean;
  /** Phases of `config` that can be switched off; each defaults to true. */
  readonly interpolate?: boolean;
  readonly normalize?: boolean;
  readonly resolvePaths?: boolean;
  readonly checkConsistency?: boolean;
  readonly resolveEnvironment?: boolean;
  /** `--strict`: an unset variable without default is an error. */
  readonly strict?: boolean;
  /** Note where every value comes from, for {@link LoadResult.provenance}. */
  readonly provenance?: boolean;
}

/** What a load yields. Without errors among the diagnostics there is a project. */
export interface LoadResult {
  readonly project?: Project;
  readonly diagnostics: readonly Diagnostic[];
  /** Every text that was read, by name: what a diagnostic is drawn from. */
  readonly sources: ReadonlyMap<string, SourceText>;
  /**
   * Where the value at a project path such as `services.web.ports[0]` or `services.web.depends_on.db` was written; the
   * nearest written ancestor if the value itself is a default.
   */
  readonly locate: (path: string) => SourceRange | undefined;
  /** Where every value of the project comes from, when the request asks for it. */
  readonly provenance?: ProjectProvenance;
}
