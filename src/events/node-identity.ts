import { unreachable } from '../diagnostics/unreachable.ts';
import type { Operation } from '../plan/operation.ts';
import type { PlanNode } from '../plan/plan.ts';
import type { NodeIdentity } from './event.ts';

/** What reports may say about a node of a plan. */
export function identifyNode(node: PlanNode): NodeIdentity {
  const { operation } = node;
  const service = serviceOf(node);
  return {
    node: node.id,
    address: node.address,
    operation: operation.kind,
    name: nameOf(operation),
    ...(service === undefined ? {} : { service }),
    ...(node.group === undefined ? {} : { group: node.group }),
    ...(operation.kind === 'wait-container' ? { condition: operation.condition } : {}),
    cause: node.cause,
  };
}

/** The service a node belongs to; undefined for networks, volumes, images and orphans. */
export function serviceOf({ operation, address }: PlanNode): string | undefined {
  if ('service' in operation && operation.service !== '') return operation.service;
  if (operation.kind === 'build-image' && operation.services.length === 1) return operation.services[0];
  const [kind, service] = address.split(':');
  return kind === 'container' || kind === 'service' ? service : undefined;
}

function nameOf(operation: Operation): string {
  switch (operation.kind) {
    case 'pull-image':
    case 'push-image':
    case 'build-image':
    case 'remove-image':
      return operation.reference;
    case 'remove-leftover':
      return operation.id;
    case 'provide-service':
    case 'withdraw-service':
      return operation.service;
    case 'provide-model':
      return operation.name;
    case 'create-network':
    case 'create-volume':
      return operation.request.Name;
    case 'remove-network':
    case 'remove-volume':
    case 'create-container':
    case 'rename-container':
      return operation.name;
    case 'connect-network':
    case 'disconnect-network':
    case 'copy-files':
    case 'start-container':
    case 'wait-container':
    case 'stop-container':
    case 'restart-container':
    case 'run-hook':
    case 'kill-container':
    case 'pause-container':
    case 'unpause-container':
    case 'remove-container':
      return operation.container.name;
    case 'run-pre-start':
      return `${operation.service} pre_start[${operation.index}]`;
    default:
      return unreachable(operation);
  }
}
