import type { LoadSession } from './load-session.ts';
import type { Variables } from './read-environment.ts';
import type { ExtendedFile } from './resolve-extends.ts';
import type { TracedLookup } from './traced-lookup.ts';

/** The surroundings of one model: the project's own, or that of an included one. */
export interface ModelScope {
  readonly session: LoadSession;
  /** What interpolation sees. */
  readonly variables: Variables;
  readonly lookup: TracedLookup;
  /** The project directory: relative paths resolve here. */
  readonly workingDirectory: string;
  /** For the model of an `include` entry, the directory of the one that includes it. Such a model may be empty. */
  readonly includingDirectory?: string;
  /** The files whose includes led here, outermost first. */
  readonly includedFrom: readonly string[];
  readonly extendedFiles: Map<string, Promise<ExtendedFile | undefined>>;
}
