import { unreachable } from '../diagnostics/unreachable.ts';
import { elapsedWords } from './elapsed-words.ts';
import type { NodeIdentity } from './event.ts';
import type { ExecutionResult } from './execution-result.ts';

/** An execution in one line: `shop: 1 network created, 3 containers created, 3 containers started in 4.2 s`. */
export function summarize(result: ExecutionResult): string {
  const elapsed = elapsedWords(result.endedAt - result.startedAt);
  const first = result.errors[0];
  if (first !== undefined)
    return `${result.project} failed after ${elapsed}: ${first.message} (${outcomeWords(result)})`;
  if (result.aborted) return `${result.project} interrupted after ${elapsed} (${outcomeWords(result)})`;
  const deeds = deedWords(result);
  if (deeds.length === 0)
    return result.nodes.size === 0
      ? `${result.project}: nothing to do`
      : `${result.project}: nothing changed in ${elapsed}`;
  return `${result.project}: ${deeds.join(', ')} in ${elapsed}`;
}

function outcomeWords({ outcomes }: ExecutionResult): string {
  const order = ['done', 'skipped', 'failed', 'blocked', 'aborted'] as const;
  const counts = order.filter((outcome) => outcomes[outcome] > 0).map((outcome) => `${outcomes[outcome]} ${outcome}`);
  return counts.join(', ');
}

function deedWords(result: ExecutionResult): readonly string[] {
  const counts = new Map<string, { readonly noun: string; readonly verb: string; count: number }>();
  for (const { identity, outcome, changed } of result.nodes.values()) {
    const deed = outcome === 'done' && changed ? deedOf(identity) : undefined;
    if (deed === undefined) continue;
    const key = deed.join(' ');
    const entry = counts.get(key) ?? { noun: deed[0], verb: deed[1], count: 0 };
    entry.count += 1;
    counts.set(key, entry);
  }
  return [...counts.values()].map(({ noun, verb, count }) => `${count} ${noun}${count === 1 ? '' : 's'} ${verb}`);
}

/** Noun and verb of one step; undefined for steps that are a part of another. Of a replacement only the creation counts. */
function deedOf({ operation, group }: NodeIdentity): readonly [noun: string, verb: string] | undefined {
  const replaced = group?.startsWith('recreate') === true;
  switch (operation) {
    case 'pull-image':
      return ['image', 'pulled'];
    case 'push-image':
      return ['image', 'pushed'];
    case 'build-image':
      return ['image', 'built'];
    case 'remove-image':
      return ['image', 'removed'];
    case 'provide-service':
      return ['service', 'provided'];
    case 'withdraw-service':
      return ['service', 'withdrawn'];
    case 'provide-model':
      return ['model', 'pulled'];
    case 'create-network':
      return ['network', 'created'];
    case 'remove-network':
      return ['network', 'removed'];
    case 'create-volume':
      return ['volume', 'created'];
    case 'remove-volume':
      return ['volume', 'removed'];
    case 'create-container':
      return ['container', replaced ? 'recreated' : 'created'];
    case 'start-container':
      return ['container', 'started'];
    case 'stop-container':
      return replaced ? undefined : ['container', 'stopped'];
    case 'restart-container':
      return ['container', 'restarted'];
    case 'kill-container':
      return ['container', 'killed'];
    case 'pause-container':
      return ['container', 'paused'];
    case 'unpause-container':
      return ['container', 'unpaused'];
    case 'remove-container':
      return replaced ? undefined : ['container', 'removed'];
    case 'connect-network':
    case 'disconnect-network':
    case 'copy-files':
    case 'wait-container':
    case 'run-hook':
    case 'run-pre-start':
    case 'rename-container':
    case 'remove-leftover':
      return undefined;
    default:
      return unreachable(operation);
  }
}
