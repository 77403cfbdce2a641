import type { Plan } from './plan.ts';

/** Whether a plan does nothing at all. */
export function isEmptyPlan(plan: Plan): boolean {
  return plan.nodes.length === 0;
}

/** Whether something happens whatever pulls bring and whatever is answered: exit code 2 of `plan`. */
export function hasUnconditionalWork(plan: Plan): boolean {
  return plan.nodes.some(({ guard }) => guard === undefined);
}
