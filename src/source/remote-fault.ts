import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { TopsailError } from '../diagnostics/topsail-error.ts';

/** The error a RemoteSource throws: it carries the fault as its single diagnostic. */
export function remoteFault(fault: Diagnostic, cause?: unknown): TopsailError {
  return new TopsailError(fault.code, fault.message, {
    diagnostics: [fault],
    ...(cause === undefined ? {} : { cause }),
    ...(fault.hint === undefined ? {} : { details: [fault.hint] }),
  });
}
