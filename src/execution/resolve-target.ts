import type { ContainerTarget } from '../plan/operation.ts';
import type { PlanNode } from '../plan/plan.ts';
import type { Address } from '../state/address.ts';
import { noContainer } from './operation-failures.ts';

/** The engine id a target stands for: of `latest` what this execution has created at the address, else the observed one. */
export function resolveTarget(target: ContainerTarget, created: ReadonlyMap<Address, string>, node: PlanNode): string {
  if (target.kind === 'known') return target.id;
  const id = created.get(target.address) ?? target.id;
  if (id === undefined) throw noContainer({}, node.id, target.name);
  return id;
}
