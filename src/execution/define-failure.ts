import { type ErrorOrigin, TopsailError } from '../diagnostics/topsail-error.ts';

/** What one failure says. */
export interface FailureWording {
  /** The first line: names the service and the cause. */
  readonly message: string;
  /** The lines below. */
  readonly details?: readonly string[];
}

/** One entry of the catalogue of failures: called with the facts of an occurrence, it makes the error. */
export interface FailureFactory<Facts extends readonly unknown[]> {
  (facts: FailureContext, ...rest: Facts): TopsailError;
  /** Stable, kebab-case. */
  readonly code: string;
  /** What the code means and what helps, for the reference page. */
  readonly about: string;
}

/** What every failure may carry besides its own facts. */
export interface FailureContext {
  readonly cause?: unknown;
  /** Lines below those of the failure itself: health output, log lines. */
  readonly details?: readonly string[];
}

/** Makes a catalogue entry; every code has exactly one. */
export function defineFailure<Facts extends readonly unknown[]>(definition: {
  readonly code: string;
  readonly about: string;
  /** Defaults to `user`: something about the project is to be changed. */
  readonly origin?: ErrorOrigin;
  readonly write: (...facts: Facts) => FailureWording;
}): FailureFactory<Facts> {
  const { code, about, origin = 'user', write } = definition;
  const create = (context: FailureContext, ...facts: Facts): TopsailError => {
    const { message, details = [] } = write(...facts);
    return new TopsailError(code, message, {
      origin,
      ...(context.cause === undefined ? {} : { cause: context.cause }),
      details: [...details, ...(context.details ?? [])],
    });
  };
  return Object.assign(create, { code, about });
}
