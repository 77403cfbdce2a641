import { noEvents } from '../events/event-sinks.ts';
import { createEventStamp } from '../events/event-stamp.ts';
import type { ExecutionResult } from '../events/execution-result.ts';
import type { Plan } from '../plan/plan.ts';
import type { TakenResources } from './assign-resources.ts';
import { carryOut } from './carry-out.ts';
import type { ComposePorts } from './ports.ts';
import { type PreparedUp, prepareUp } from './prepare-up.ts';
import type { UpOptions } from './up-options.ts';

/** Two processes that start copies at once may be assigned the same port or subnet: so many attempts in all. */
const attempts = 8;

/**
 * Carries a prepared `up` out. Where an assigned port or subnet turns out to be taken by somebody who was faster, others are
 * assigned and a plan is made of what is there by then. Does not reject for what fails on the way: the result tells.
 */
export async function carryOutUp(
  ports: ComposePorts,
  prepared: PreparedUp,
  options: UpOptions,
): Promise<{ readonly plan: Plan; readonly execution: ExecutionResult }> {
  let current = prepared;
  let taken: TakenResources = { ports: [], subnets: [] };
  for (let attempt = 1; ; attempt += 1) {
    const { plan } = current;
    const execution = await carryOut(ports, plan, options);
    const lost = lostResources(current, execution);
    const isLost = lost.ports.length + lost.subnets.length > 0;
    if (!isLost || attempt === attempts || options.signal?.aborted === true) return { plan, execution };
    tellLost(ports, lost, options.onEvent);
    taken = { ports: [...taken.ports, ...lost.ports], subnets: [...taken.subnets, ...lost.subnets] };
    current = await prepareUp(ports, prepared.source, options, taken);
  }
}

/** The failures before it are no reason to worry. */
function tellLost({ clock }: ComposePorts, { ports, subnets }: TakenResources, onEvent: UpOptions['onEvent']): void {
  const lost = [...ports.map((port) => `port ${String(port)}`), ...subnets.map((subnet) => `subnet ${subnet}`)];
  const emit = createEventStamp(() => clock.now(), onEvent ?? noEvents);
  emit({ type: 'warning', text: `somebody was faster to take ${lost.join(', ')}; the copy is assigned another one` });
}

/** What was assigned to the steps that failed because somebody has it; nothing if anything failed for another reason. */
function lostResources({ project }: PreparedUp, { nodes }: ExecutionResult): TakenResources {
  const ports: number[] = [];
  const subnets: string[] = [];
  for (const { outcome, identity, error } of nodes.values()) {
    if (outcome !== 'failed') continue;
    const own = Object.values(project.origin.assignedPorts?.[identity.service ?? ''] ?? {});
    const key = identity.address.replace(/^network:/, '');
    if (error?.code === 'port-taken' && own.length > 0) ports.push(...own);
    else if (error?.code === 'subnet-taken' && project.origin.instance !== undefined)
      subnets.push(...(project.networks[key]?.ipam.config ?? []).flatMap(({ subnet }) => subnet ?? []));
    else return { ports: [], subnets: [] };
  }
  return { ports, subnets };
}
