import { TopsailError } from '../diagnostics/topsail-error.ts';

/** How a registry failed its caller. */
export type RegistryFailure = 'unreachable' | 'denied' | 'not-found' | 'refused' | 'answer-invalid';

/** The error of a registry call: its `code` is `registry-<failure>`. */
export function registryError(failure: RegistryFailure, message: string, cause?: unknown): TopsailError {
  return new TopsailError(`registry-${failure}`, message, {
    origin: 'engine',
    ...(cause === undefined ? {} : { cause }),
  });
}
