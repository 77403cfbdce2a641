import { unreachable } from '../diagnostics/unreachable.ts';
import type { NodeIdentity, NodeOutcome } from '../events/event.ts';
import type { OperationKind, WaitCondition } from '../plan/operation.ts';

/** The two words of a step, as Docker Compose says them: while it runs and once it is done. */
export interface ProgressWords {
  /** Undefined for a step that is told only once it is done. */
  readonly working: string | undefined;
  readonly done: string;
}

/** The words of one step; undefined for steps that are part of another one and get no line of their own. */
export function progressWords(node: Pick<NodeIdentity, 'operation' | 'condition'>): ProgressWords | undefined {
  const { operation } = node;
  switch (operation) {
    case 'pull-image':
      return { working: 'Pulling', done: 'Pulled' };
    case 'push-image':
      return { working: 'Pushing', done: 'Pushed' };
    case 'build-image':
      return { working: 'Building', done: 'Built' };
    case 'provide-model':
      return { working: 'Configuring', done: 'Configured' };
    case 'withdraw-service':
      return { working: 'Removing', done: 'Removed' };
    case 'provide-service':
    case 'create-network':
    case 'create-volume':
    case 'create-container':
      return { working: 'Creating', done: 'Created' };
    case 'start-container':
      return { working: 'Starting', done: 'Started' };
    case 'wait-container':
      return { working: 'Waiting', done: endOfWait(node.condition) };
    case 'stop-container':
      return { working: 'Stopping', done: 'Stopped' };
    case 'restart-container':
      return { working: 'Restarting', done: 'Started' };
    case 'kill-container':
      return { working: 'Killing', done: 'Killed' };
    case 'pause-container':
      return { working: undefined, done: 'Paused' };
    case 'unpause-container':
      return { working: undefined, done: 'Unpaused' };
    case 'remove-network':
    case 'remove-volume':
    case 'remove-container':
    case 'remove-image':
      return { working: 'Removing', done: 'Removed' };
    case 'connect-network':
    case 'disconnect-network':
    case 'copy-files':
    case 'rename-container':
    case 'run-hook':
    case 'run-pre-start':
    case 'remove-leftover':
      return undefined;
    default:
      return unreachable(operation);
  }
}

/** The words of a step of a replacement: Recreate until the old container has stopped; what comes after is silent. */
export function groupWords({ operation }: Pick<NodeIdentity, 'operation'>): ProgressWords | undefined {
  return isRecreateStep(operation) ? { working: 'Recreate', done: 'Recreated' } : undefined;
}

/** Whether a step of a replacement is one of those that Docker Compose tells as the pair Recreate and Recreated. */
export function isRecreateStep(operation: OperationKind): boolean {
  return operation === 'create-container' || operation === 'copy-files' || operation === 'stop-container';
}

/** Docker Compose says Healthy also where only running was waited for. */
function endOfWait(condition: WaitCondition | undefined): string {
  if (condition === 'completed') return 'Exited';
  return condition === 'running' || condition === 'running-or-completed' ? 'Running' : 'Healthy';
}

/** `Container p-web-1`, `Network p_default`: what a step acts on. */
export function resourceTitle(node: Pick<NodeIdentity, 'operation' | 'name'>): string {
  return `${resourceNoun(node.operation)} ${node.name}`;
}

function resourceNoun(operation: OperationKind): string {
  switch (operation) {
    case 'provide-service':
    case 'withdraw-service':
      return 'Provider';
    case 'provide-model':
      return 'Model';
    case 'create-network':
    case 'remove-network':
      return 'Network';
    case 'create-volume':
    case 'remove-volume':
      return 'Volume';
    case 'pull-image':
    case 'push-image':
    case 'build-image':
    case 'remove-image':
    case 'remove-leftover':
      return 'Image';
    case 'create-container':
    case 'connect-network':
    case 'disconnect-network':
    case 'copy-files':
    case 'start-container':
    case 'wait-container':
    case 'stop-container':
    case 'restart-container':
    case 'kill-container':
    case 'pause-container':
    case 'unpause-container':
    case 'remove-container':
    case 'rename-container':
    case 'run-hook':
      return 'Container';
    case 'run-pre-start':
      return 'Hook';
    default:
      return unreachable(operation);
  }
}

/** What a step that did not end well is called. */
export function endWord(outcome: Exclude<NodeOutcome, 'done'>): string {
  switch (outcome) {
    case 'failed':
      return 'Error';
    case 'aborted':
      return 'Interrupted';
    case 'blocked':
      return 'Blocked';
    case 'skipped':
      return 'Skipped';
    default:
      return unreachable(outcome);
  }
}

/** Docker Compose says Running of a container that is up to date, Healthy of one that `--wait` finds so, Stopped of one that `stop` finds stopped; other reasons follow its name in their own words. */
export function unchangedWord(text: string): string {
  if (text === 'up to date') return 'Running';
  if (text === 'healthy') return 'Healthy';
  return text === 'stopped' ? 'Stopped' : text.replace(/^it /, '');
}
