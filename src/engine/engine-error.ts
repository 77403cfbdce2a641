import { TopsailError } from '../diagnostics/topsail-error.ts';

/** What kind of refusal an engine gave, independent of the transport. */
export type EngineErrorKind =
  | 'unreachable'
  | 'connection-lost'
  | 'aborted'
  | 'bad-request'
  | 'access-denied'
  | 'not-found'
  | 'conflict'
  | 'unsupported'
  | 'server';

/** An engine call that failed. `code` is `engine-<kind>`; the message is the engine's own sentence, cleaned. */
export class EngineError extends TopsailError {
  readonly kind: EngineErrorKind;
  /** HTTP status, if the engine answered. */
  readonly statusCode: number | undefined;

  constructor(kind: EngineErrorKind, message: string, options: { statusCode?: number; cause?: unknown } = {}) {
    super(`engine-${kind}`, message, {
      origin: kind === 'aborted' ? 'aborted' : 'engine',
      ...(options.cause === undefined ? {} : { cause: options.cause }),
    });
    this.kind = kind;
    this.statusCode = options.statusCode;
  }
}

/** Whether a thrown value is an {@link EngineError} of one of the kinds (any kind if none is named). */
export function isEngineError(value: unknown, ...kinds: readonly EngineErrorKind[]): value is EngineError {
  return value instanceof EngineError && (kinds.length === 0 || kinds.includes(value.kind));
}
