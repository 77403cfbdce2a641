import type { SourceRange } from './source-range.ts';

/** How much a diagnostic weighs: an error refuses the input, a warning does not. */
export type Severity = 'error' | 'warning';

/** Another place that explains a diagnostic, such as the first definition of a name. */
export interface RelatedPlace {
  readonly message: string;
  readonly range: SourceRange;
}

/**
 * One finding about the user's input, as a value. `code` and the data are stable across releases, the wording is not.
 * `message` is one sentence in the user's words; `path` is the dotted path in the compose file it speaks of.
 */
export interface Diagnostic {
  readonly severity: Severity;
  readonly code: string;
  readonly message: string;
  readonly path?: string;
  readonly range?: SourceRange;
  readonly related?: readonly RelatedPlace[];
  readonly hint?: string;
}
