import type { Diagnostic, Severity } from './diagnostic.ts';
import { type SourceSpan, toSourceRange } from './source-text.ts';

/** What the writer of one catalogue entry says about one occurrence; places are spans, turned into ranges for it. */
export interface DiagnosticWording {
  /** One sentence in the user's words, without a file name: the place is printed beside it. */
  readonly message: string;
  /** Dotted path in the compose file, such as `services.web.ports.0`. */
  readonly path?: string | undefined;
  /** Where the fault is written; absent when there is no text to point at. */
  readonly at?: SourceSpan | undefined;
  readonly related?: readonly { readonly message: string; readonly at: SourceSpan }[] | undefined;
  /** What to do about it, one sentence. */
  readonly hint?: string | undefined;
}

/** One entry of the catalogue: called with the facts of an occurrence, it makes the diagnostic. */
export interface DiagnosticFactory<Facts extends readonly unknown[]> {
  (...facts: Facts): Diagnostic;
  /** Stable, kebab-case. */
  readonly code: string;
  readonly severity: Severity;
  /** What the code means and what helps, for the reference page. */
  readonly about: string;
}

/** What a catalogue entry is made from. */
export interface DiagnosticDefinition<Facts extends readonly unknown[]> {
  readonly code: string;
  /** Defaults to `error`. */
  readonly severity?: Severity;
  readonly about: string;
  readonly write: (...facts: Facts) => DiagnosticWording;
}

/** Most characters of a message; values of users go into messages, and can have any length. */
const longest = 1000;

function shortened(text: string): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 100)} [...] ${text.slice(-80)}`;
}

/**
 * Makes a catalogue entry. Every code has exactly one, exported from a `*-diagnostics.ts` file of this folder, so that
 * all wording lives here and the reference page is generated from it.
 */
export function defineDiagnostic<Facts extends readonly unknown[]>(
  definition: DiagnosticDefinition<Facts>,
): DiagnosticFactory<Facts> {
  const { code, about, severity = 'error' } = definition;
  const create = (...facts: Facts): Diagnostic => {
    const { message, path, at, related, hint } = definition.write(...facts);
    return {
      severity,
      code,
      message: shortened(message),
      ...(path === undefined ? {} : { path: shortened(path) }),
      ...(at === undefined ? {} : { range: toSourceRange(at) }),
      ...(related === undefined || related.length === 0
        ? {}
        : { related: related.map((place) => ({ message: shortened(place.message), range: toSourceRange(place.at) })) }),
      ...(hint === undefined ? {} : { hint: shortened(hint) }),
    };
  };
  return Object.assign(create, { code, severity, about });
}
