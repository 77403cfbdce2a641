import { TopsailError, withDetails } from '../diagnostics/topsail-error.ts';
import type { ExecutionResult } from '../events/execution-result.ts';
import { type Timeline, timeline } from '../events/timeline.ts';
import type { Plan } from '../plan/plan.ts';
import type { LoadedProject } from './load-project-strictly.ts';
import { placeWords } from './place-words.ts';

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

/**
 * Throws the signal's reason if the execution was interrupted, and an {@link ExecutionFailure} if something failed; with the
 * text at hand it tells where the file asks for what could not be had.
 */
export function requireSuccess(
  result: ExecutionResult,
  plan: Plan,
  signal: AbortSignal | undefined,
  written?: Pick<LoadedProject, 'locate'>,
): void {
  if (result.errors.length > 0) throw new ExecutionFailure(placed(result, plan, written), plan);
  if (result.aborted) signal?.throwIfAborted();
}

function placed(
  result: ExecutionResult,
  plan: Plan,
  written: Pick<LoadedProject, 'locate'> | undefined,
): ExecutionResult {
  if (written === undefined) return result;
  const errors = new Map<TopsailError, TopsailError>();
  for (const { id, operation } of plan.nodes) {
    const error = result.nodes.get(id)?.error;
    if (error !== undefined) errors.set(error, withDetails(error, placeWords(error.code, operation, written)));
  }
  const now = (error: TopsailError): TopsailError => errors.get(error) ?? error;
  const nodes = [...result.nodes].map(
    ([id, node]) => [id, node.error === undefined ? node : { ...node, error: now(node.error) }] as const,
  );
  return { ...result, nodes: new Map(nodes), errors: result.errors.map(now) };
}
