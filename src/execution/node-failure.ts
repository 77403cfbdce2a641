import { errorMessage } from '../diagnostics/thrown.ts';
import { isTopsailError, TopsailError, withDetails } from '../diagnostics/topsail-error.ts';
import { isEngineError } from '../engine/engine-error.ts';
import { serviceOf } from '../events/node-identity.ts';
import type { OperationKind } from '../plan/operation.ts';
import type { PlanNode } from '../plan/plan.ts';
import { operationFailed } from './operation-failures.ts';
import { serviceWords } from './service-words.ts';

const deeds: { readonly [Kind in OperationKind]: string } = {
  'pull-image': 'pulled',
  'push-image': 'pushed',
  'build-image': 'built',
  'provide-service': 'provided',
  'withdraw-service': 'withdrawn',
  'provide-model': 'set up',
  'create-network': 'created',
  'remove-network': 'removed',
  'create-volume': 'created',
  'remove-volume': 'removed',
  'create-container': 'created',
  'connect-network': 'connected to its network',
  'disconnect-network': 'disconnected from its network',
  'copy-files': 'given its files',
  'start-container': 'started',
  'wait-container': 'waited for',
  'stop-container': 'stopped',
  'restart-container': 'restarted',
  'run-hook': 'given its hook',
  'run-pre-start': 'given its pre_start hook',
  'kill-container': 'killed',
  'pause-container': 'paused',
  'unpause-container': 'unpaused',
  'remove-container': 'removed',
  'rename-container': 'renamed',
  'remove-image': 'removed',
  'remove-leftover': 'removed',
};

/** The error of a failed node: what its handler threw, an engine's refusal in the words of the node, and below it what is blocked. */
export function nodeFailure(node: PlanNode, error: unknown, blocked: readonly PlanNode[]): TopsailError {
  const known = isTopsailError(error) && !isEngineError(error) ? error : refusal(node, error);
  const names = blockedWords(node, blocked);
  return names === undefined ? known : withDetails(known, [names]);
}

function refusal(node: PlanNode, error: unknown): TopsailError {
  if (isEngineError(error)) {
    return operationFailed({ cause: error }, serviceWords(node), deeds[node.operation.kind], coreOf(error.message));
  }
  const reason = errorMessage(error);
  return new TopsailError('internal', `${node.id} failed: ${reason}`, { origin: 'internal', cause: error });
}

/** An engine's sentence without the names of the layers it came through, in one line. */
function coreOf(message: string): string {
  return message
    .replace(/^.*unable to start container process: (?:error during container init: )?/s, '')
    .trim()
    .replaceAll(/\s*\n\s*/g, ' ');
}

/** `blocked: web, api`: services by name, other things by address. */
function blockedWords(node: PlanNode, blocked: readonly PlanNode[]): string | undefined {
  // What only tidies up is not missed.
  const missed = blocked.filter(({ operation }) => operation.kind !== 'remove-leftover');
  const names = new Set(missed.map((other) => serviceOf(other) ?? other.address));
  for (const own of ownServices(node)) names.delete(own);
  return names.size === 0 ? undefined : `blocked: ${[...names].join(', ')}`;
}

/** The services a node works for: their own further steps go without saying. */
function ownServices(node: PlanNode): readonly string[] {
  const { operation } = node;
  if ('services' in operation) return operation.services;
  const own = serviceOf(node);
  return own === undefined ? [] : [own];
}
