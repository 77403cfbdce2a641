import { unreachable } from '../diagnostics/unreachable.ts';
import type { Guard, Plan } from '../plan/plan.ts';

/** Whether a node's guard lets it run. `changed`: whether a node of the plan changed something. An unanswered question has its default answer. */
export function evaluateGuard(
  guard: Guard | undefined,
  changed: (node: string) => boolean,
  plan: Plan,
  answers: ReadonlyMap<string, boolean> | undefined,
): boolean {
  if (guard === undefined) return true;
  switch (guard.kind) {
    case 'any-changed':
      return guard.nodes.some(changed);
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
