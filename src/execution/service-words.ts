import { serviceOf } from '../events/node-identity.ts';
import type { PlanNode } from '../plan/plan.ts';

/** Whom an error about a node speaks of: `service "web"`, else the address such as `network:default`. */
export function serviceWords(node: PlanNode): string {
  const service = serviceOf(node);
  return service === undefined ? node.address.replace(':', ' ') : `service "${service}"`;
}
