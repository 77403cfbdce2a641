import type { ContainerCreateRequest } from '../../src/engine/container.ts';
import type { ContainerTarget, Operation, WaitCondition } from '../../src/plan/operation.ts';
import type { Plan, PlanNode } from '../../src/plan/plan.ts';
import { containerAddress } from '../../src/state/address.ts';

/** Name of the project that these plans are for. */
export const project = 'shop';

/** A plan of these nodes without notices and questions. */
export function planOf(nodes: readonly PlanNode[], rest: Partial<Plan> = {}): Plan {
  return { project, nodes, notices: [], confirmations: [], ...rest };
}

/** The first container of a service, whatever its id. */
export function latest(service: string, id?: string): ContainerTarget {
  return { kind: 'latest', address: containerAddress(service, 1), name: `${project}-${service}-1`, id };
}

/** Labels of a service's container. */
export function labelsOf(service: string): Readonly<Record<string, string>> {
  return {
    'com.docker.compose.project': project,
    'com.docker.compose.service': service,
    'com.docker.compose.container-number': '1',
    'com.docker.compose.oneoff': 'False',
    'com.docker.compose.config-hash': `hash-of-${service}`,
  };
}

/** A step on a service's first container. */
export function step(
  verb: string,
  service: string,
  operation: Operation,
  needs: readonly string[] = [],
  rest: Partial<PlanNode> = {},
): PlanNode {
  const address = containerAddress(service, 1);
  return { id: `${verb} ${address}`, address, operation, needs, cause: 'not created yet', ...rest };
}

/** Creates a service's container. */
export function create(
  service: string,
  needs: readonly string[] = [],
  body: Partial<ContainerCreateRequest> = {},
): PlanNode {
  const request = { Image: 'busybox', Labels: labelsOf(service), ...body };
  return step(
    'create',
    service,
    {
      kind: 'create-container',
      service,
      number: 1,
      name: `${project}-${service}-1`,
      platform: undefined,
      request,
      connect: [],
    },
    needs,
  );
}

/** Starts it after its creation and what else it needs. */
export function start(service: string, needs: readonly string[] = []): PlanNode {
  return step('start', service, { kind: 'start-container', service, container: latest(service) }, [
    `create container:${service}:1`,
    ...needs,
  ]);
}

/** Waits for it after its start. */
export function wait(service: string, condition: WaitCondition, rest: { readonly required?: boolean } = {}): PlanNode {
  const operation = {
    kind: 'wait-container',
    service,
    container: latest(service),
    condition,
    dependents: [],
    required: rest.required ?? true,
  } as const;
  return step(`wait ${condition}`, service, operation, [`start container:${service}:1`]);
}
