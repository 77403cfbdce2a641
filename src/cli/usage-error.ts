import { TopsailError } from '../diagnostics/topsail-error.ts';

/** A command line that cannot be carried out as it stands. */
export function usageError(message: string, ...details: readonly string[]): TopsailError {
  return new TopsailError('usage', message, { details });
}
