import { TopsailError } from '../diagnostics/topsail-error.ts';
import type { ExecutionResult } from '../events/execution-result.ts';
import { type Timeline, timeline } from '../events/timeline.ts';
import type { Plan } from '../plan/plan.ts';

/**
 * An execution in which something failed. Code, message and first details are those of what failed first; `result` has
 * the end of every step, `timeline` who waited for whom until then.
 */
export class ExecutionFailure extends TopsailError {
  readonly result: ExecutionResult;
  readonly timeline: Timeline;

  constructor(result: ExecutionResult, plan: Plan) {
    const [first, ...others] = result.errors;
    super(first?.code ?? 'execution-failed', first?.message ?? 'not every step could be carried out', {
      origin: first?.origin ?? 'engine',
      cause: first?.cause,
      details: [...(first?.details ?? []), ...others.flatMap((error) => [`also: ${error.message}`, ...error.details])],
    });
    this.result = result;
    this.timeline = timeline(result, plan);
  }
}

/** Throws the signal's reason if the execution was interrupted, and an {@link ExecutionFailure} if something failed. */
export function requireSuccess(result: ExecutionResult, plan: Plan, signal: AbortSignal | undefined): void {
  if (result.errors.length > 0) throw new ExecutionFailure(result, plan);
  if (result.aborted) signal?.throwIfAborted();
}
