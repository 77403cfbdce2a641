import { isTopsailError, TopsailError } from '../../diagnostics/topsail-error.ts';
import { isEngineError } from '../../engine/engine-error.ts';
import { waitingWords } from '../../events/waiting-words.ts';
import type { OperationOf, WaitCondition } from '../../plan/operation.ts';
import { awaitCondition } from '../await-condition.ts';
import { expired, withDeadline } from '../deadline.ts';
import { type ContainerFailure, diagnoseFailure } from '../diagnose-failure.ts';
import type { OperationHandler, Step, StepResult } from '../operation-handler.ts';

type Wait = OperationOf<'wait-container'>;

/** Waits for a container's state by the engine's events. What it never reaches is an error with its reasons, or a warning if optional. */
export const waitContainer: OperationHandler<'wait-container'> = {
  lane: 'none',
  run: async (operation, step) => {
    try {
      return await wait(operation, step);
    } catch (error) {
      const lost = isEngineError(error, 'unreachable', 'connection-lost');
      if (step.signal.aborted || lost || !isTopsailError(error)) throw error;
      if (operation.required) throw withDependents(error, operation);
      step.warn(ofOptional(error.message));
      return { changed: false, skipped: true };
    }
  },
};

/** A failure in Docker Compose's words for a dependency that is not required. */
function ofOptional(message: string): string {
  return message
    .replace(/^service ("[^"]*") failed: /, 'service $1 failed to start: ')
    .replace(/^service /, 'optional dependency ');
}

/** To what somebody waits for the words of Docker Compose are added, which scripts look for. */
function withDependents(error: TopsailError, { dependents, condition }: Wait): TopsailError {
  if (dependents.length === 0 || condition === 'completed' || isEngineError(error)) return error;
  const words = `dependency failed to start: ${error.message.replace(/^service "[^"]*" failed: /, '')}`;
  const { code, origin, cause, diagnostics, details } = error;
  return new TopsailError(code, error.message, {
    origin,
    diagnostics,
    ...(cause === undefined ? {} : { cause }),
    details: [words, ...details],
  });
}

async function wait(operation: Wait, step: Step): Promise<StepResult> {
  const { service, condition, container } = operation;
  const id = step.resolve(container);
  step.progress({ text: waitingWords(service, condition) });
  const end = await waitInTime(operation, id, step);
  const failure = {
    service,
    container: id,
    name: container.name,
    aim: aims[condition],
    waited: step.waitTimeout ?? 0,
    attempt: step.watches.lastAttempt(id),
  };
  if (end === expired || end === 'removed') {
    const fault = end === expired ? 'timeout' : end;
    throw await diagnoseFailure(step, { ...failure, fault, restarts: 0, lastExit: undefined }, step.signal);
  }
  const { verdict, sight } = end;
  if (verdict.kind === 'met') return { changed: false, id };
  const found: ContainerFailure = {
    ...failure,
    fault: verdict.fault,
    restarts: sight.restarts,
    lastExit: sight.lastExit,
  };
  throw await diagnoseFailure(step, found, step.signal);
}

async function waitInTime(
  operation: Wait,
  id: string,
  step: Step,
): Promise<Awaited<ReturnType<typeof awaitCondition>> | typeof expired | 'removed'> {
  try {
    return await withDeadline(step.clock, step.waitTimeout, step.signal, (signal) =>
      awaitCondition(step, { id, ready: operation.ready }, conditionOn(step, operation.condition), signal),
    );
  } catch (error) {
    if (isEngineError(error, 'not-found')) return 'removed';
    throw error;
  }
}

/** Some engines never run the checks: there is nothing to be confirmed. */
function conditionOn({ engine }: Step, condition: WaitCondition): WaitCondition {
  return condition === 'confirmed' && engine.description.product !== 'docker' ? 'running-or-healthy' : condition;
}

const aims: { readonly [Condition in WaitCondition]: string } = {
  running: 'running',
  healthy: 'healthy',
  'running-or-healthy': 'ready',
  confirmed: 'ready',
  'running-or-completed': 'running',
  completed: 'done',
};
