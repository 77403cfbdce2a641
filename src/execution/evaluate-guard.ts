import { unreachable } from '../diagnostics/unreachable.ts';
import type { NodeResult } from '../events/execution-result.ts';
import type { Guard, Plan } from '../plan/plan.ts';

/** Whether a node's guard lets it run. `results`: of the nodes that have ended. An unanswered question has its default answer. */
export function evaluateGuard(
  guard: Guard | undefined,
  results: ReadonlyMap<string, Pick<NodeResult, 'changed' | 'outcome' | 'digest'>>,
  plan: Plan,
  answers: ReadonlyMap<string, boolean> | undefined,
): boolean {
  if (guard === undefined) return true;
  switch (guard.kind) {
    case 'any-changed':
      return guard.nodes.some((id) => results.get(id)?.changed === true);
    case 'unless-done':
      return results.get(guard.node)?.outcome !== 'done';
    case 'unless-pushed':
      return results.get(guard.node)?.digest === undefined;
    case 'undone':
      return results.get(guard.done)?.outcome === 'done' && guard.nodes.some((id) => wentWrong(results.get(id)));
    case 'confirmed':
      return (
        answers?.get(guard.question) ??
        plan.confirmations.find(({ id }) => id === guard.question)?.defaultAnswer ??
        false
      );
    default:
      return unreachable(guard);
  }
}

function wentWrong(node: Pick<NodeResult, 'outcome'> | undefined): boolean {
  return node?.outcome === 'failed' || node?.outcome === 'blocked';
}
