import { unreachable } from '../diagnostics/unreachable.ts';
import type { NodeIdentity } from '../events/event.ts';
import type { OperationKind } from '../plan/operation.ts';

/** The two words of a step, as Docker Compose says them: while it runs and once it is done. */
export interface ProgressWords {
  readonly working: string;
  readonly done: string;
}

/** The words of one kind of step; undefined for steps that are part of another one and get no line of their own. */
export function progressWords(operation: OperationKind): ProgressWords | undefined {
  switch (operation) {
    case 'pull-image':
      return { working: 'Pulling', done: 'Pulled' };
    case 'create-network':
    case 'create-volume':
    case 'create-container':
      return { working: 'Creating', done: 'Created' };
    case 'start-container':
      return { working: 'Starting', done: 'Started' };
    case 'wait-container':
      return { working: 'Waiting', done: 'Ready' };
    case 'stop-container':
      return { working: 'Stopping', done: 'Stopped' };
    case 'remove-network':
    case 'remove-volume':
    case 'remove-container':
    case 'remove-image':
      return { working: 'Removing', done: 'Removed' };
    case 'connect-network':
    case 'disconnect-network':
    case 'copy-files':
    case 'rename-container':
      return undefined;
    default:
      return unreachable(operation);
  }
}

/** `Container p-web-1`, `Network p_default`: what a step acts on. */
export function resourceTitle(node: Pick<NodeIdentity, 'operation' | 'name'>): string {
  return `${resourceNoun(node.operation)} ${node.name}`;
}

function resourceNoun(operation: OperationKind): string {
  switch (operation) {
    case 'create-network':
    case 'remove-network':
      return 'Network';
    case 'create-volume':
    case 'remove-volume':
      return 'Volume';
    case 'pull-image':
    case 'remove-image':
      return 'Image';
    case 'create-container':
    case 'connect-network':
    case 'disconnect-network':
    case 'copy-files':
    case 'start-container':
    case 'wait-container':
    case 'stop-container':
    case 'remove-container':
    case 'rename-container':
      return 'Container';
    default:
      return unreachable(operation);
  }
}
