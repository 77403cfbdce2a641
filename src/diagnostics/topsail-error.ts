import type { Diagnostic } from './diagnostic.ts';

const brand: unique symbol = Symbol.for('topsail.error') as never;

/** Where the fault lies: in what the user wrote, in the engine or its machine, in an abort, or in Topsail itself. */
export type ErrorOrigin = 'user' | 'engine' | 'aborted' | 'internal';

/** What a {@link TopsailError} is made from. */
export interface TopsailErrorOptions {
  readonly origin?: ErrorOrigin;
  readonly cause?: unknown;
  readonly diagnostics?: readonly Diagnostic[];
  /** Further lines below the message: exit code, last health output, last log lines, what was blocked. */
  readonly details?: readonly string[];
}

/** The one base of every error Topsail throws. Recognise it with {@link isTopsailError}, not with `instanceof`. */
export class TopsailError extends Error {
  override readonly name: string = 'TopsailError';
  /** Stable, kebab-case; listed in docs/errors.md. */
  readonly code: string;
  readonly origin: ErrorOrigin;
  readonly diagnostics: readonly Diagnostic[];
  readonly details: readonly string[];

  constructor(code: string, message: string, options: TopsailErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.origin = options.origin ?? 'user';
    this.diagnostics = options.diagnostics ?? [];
    this.details = options.details ?? [];
    Object.defineProperty(this, brand, { value: true });
  }
}

/** The same error with further lines below it. */
export function withDetails(error: TopsailError, details: readonly string[]): TopsailError {
  if (details.length === 0) return error;
  return new TopsailError(error.code, error.message, {
    origin: error.origin,
    ...(error.cause === undefined ? {} : { cause: error.cause }),
    diagnostics: error.diagnostics,
    details: [...error.details, ...details],
  });
}

/** Whether a thrown value is a {@link TopsailError}, also one from another copy of the package. */
export function isTopsailError(value: unknown): value is TopsailError {
  return typeof value === 'object' && value !== null && (value as Record<symbol, unknown>)[brand] === true;
}
