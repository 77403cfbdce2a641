import { failureLines } from '../compose/failure-lines.ts';
import { isTopsailError, TopsailError } from '../diagnostics/topsail-error.ts';

/**
 * Gives what `work` gives. What it throws has its whole diagnosis in its message, because that is what test runners show; what was
 * thrown is its cause.
 */
export async function withWholeDiagnosis<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw wholeDiagnosis(error);
  }
}

/** The same error, with what lies below its message in its message. */
export function wholeDiagnosis(thrown: unknown): unknown {
  if (!isTopsailError(thrown)) return thrown;
  const lines = failureLines(thrown).filter((line) => !thrown.message.includes(line));
  if (lines.length === 0) return thrown;
  const { code, message, origin, diagnostics, details } = thrown;
  const whole = [message, ...lines.map((line) => `  ${line}`)].join('\n');
  return new TopsailError(code, whole, { origin, diagnostics, details, cause: thrown });
}
