import type { NodeOutcome } from '../events/event.ts';
import { waitingWords } from '../events/waiting-words.ts';
import type { Address } from '../state/address.ts';
import { endWord, groupWords, progressWords, resourceTitle } from './progress-words.ts';
import type { ResourceRow, RowState, RowStep } from './resource-row.ts';
import { layerBar } from './transfer-words.ts';

type Steps = ReadonlyMap<string, RowStep>;

/** Sums the steps of one resource up: its state, the verb of now and why it waits. */
export function describeRow(address: Address, ids: readonly string[], all: Steps): ResourceRow {
  const steps = ids.flatMap((id) => all.get(id) ?? []);
  const state = stateOf(steps);
  const speaking = speakingStep(steps, state);
  return {
    address,
    title: titleOf(steps),
    service: steps.find((step) => step.identity.service !== undefined)?.identity.service,
    state,
    verb: verbOf(speaking, state),
    detail: detailOf(steps, speaking, state, all),
    steps,
    startedAt: least(steps.map((step) => step.startedAt)),
    endedAt: steps.every((step) => step.outcome !== undefined)
      ? greatest(steps.map((step) => step.endedAt))
      : undefined,
  };
}

const worstFirst: readonly NodeOutcome[] = ['failed', 'aborted', 'blocked', 'done', 'skipped'];

function stateOf(steps: readonly RowStep[]): RowState {
  if (steps.some(isRunning)) return 'working';
  const outcomes = new Set(steps.map((step) => step.outcome));
  if (outcomes.has('failed')) return 'failed';
  if (outcomes.has(undefined)) return outcomes.size === 1 ? 'pending' : 'waiting';
  return worstFirst.find((outcome) => outcomes.has(outcome)) ?? 'pending';
}

function isRunning(step: RowStep): boolean {
  return step.startedAt !== undefined && step.outcome === undefined;
}

/** The step whose words the row shows: the running one, else the one that went wrong, else the last that ended. */
function speakingStep(steps: readonly RowStep[], state: RowState): RowStep | undefined {
  if (state === 'working')
    return steps.findLast((step) => isRunning(step) && wordsOf(step) !== undefined) ?? steps.findLast(isRunning);
  if (state === 'failed' || state === 'aborted' || state === 'blocked') {
    return steps.find((step) => step.outcome === state);
  }
  return steps.findLast((step) => step.outcome === 'done' && wordsOf(step) !== undefined);
}

/** In lines of text nothing is said of a leftover; a row that is there needs words. */
const leftoverWords = { working: 'Removing', done: 'Removed' } as const;

function wordsOf(step: RowStep): ReturnType<typeof progressWords> {
  if (step.identity.operation === 'remove-leftover') return leftoverWords;
  return step.identity.group !== undefined && step.identity.operation !== 'start-container'
    ? groupWords(step.identity)
    : progressWords(step.identity);
}

function verbOf(speaking: RowStep | undefined, state: RowState): string {
  if (state === 'failed' || state === 'aborted' || state === 'blocked' || state === 'skipped') return endWord(state);
  if (speaking === undefined) return '';
  const words = wordsOf(speaking);
  if (words === undefined) return state === 'working' ? 'Preparing' : '';
  return state === 'working' ? (words.working ?? 'Preparing') : words.done;
}

function detailOf(
  steps: readonly RowStep[],
  speaking: RowStep | undefined,
  state: RowState,
  all: Steps,
): string | undefined {
  switch (state) {
    case 'failed':
      return speaking?.error;
    case 'blocked':
      return speaking?.blockedBy === undefined ? undefined : `by ${nameOf(speaking.blockedBy, all)}`;
    case 'working':
      return newsOf(speaking);
    case 'pending':
    case 'waiting':
      return causeOfWaiting(steps, all);
    case 'done':
      return speaking?.digest;
    case 'aborted':
    case 'skipped':
      return undefined;
  }
}

/** On its own row a wait need not say for whom it waits. */
function newsOf(speaking: RowStep | undefined): string | undefined {
  if (speaking === undefined) return undefined;
  const { condition, service, name } = speaking.identity;
  const own = condition === undefined ? undefined : waitingWords(service ?? name, condition);
  const words = [layerBar([...speaking.layers.values()]), speaking.progress === own ? undefined : speaking.progress];
  const said = words.filter((word) => word !== undefined && word !== '').join(' ');
  return said === '' ? undefined : said;
}

/** Why the next step of a row may not run yet: the first need of another resource that has not ended. */
function causeOfWaiting(steps: readonly RowStep[], all: Steps): string | undefined {
  const next = steps.find((step) => step.outcome === undefined);
  if (next === undefined) return undefined;
  for (const id of next.needs) {
    const need = all.get(id);
    if (need === undefined || need.outcome !== undefined) continue;
    const { address, condition, service, name } = need.identity;
    if (condition !== undefined) return waitingWords(service ?? name, condition);
    if (address !== next.identity.address) return `waiting for ${service ?? name}`;
  }
  return undefined;
}

function nameOf(node: string, all: Steps): string {
  const identity = all.get(node)?.identity;
  return identity?.service ?? identity?.name ?? node;
}

/** A container that is being replaced is created under a temporary name; the shortest name is the final one. */
function titleOf(steps: readonly RowStep[]): string {
  const titles = steps.map((step) => resourceTitle(step.identity));
  return titles.reduce((shortest, title) => (title.length < shortest.length ? title : shortest), titles[0] ?? '');
}

function least(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}

function greatest(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
}
