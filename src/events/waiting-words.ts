import type { WaitCondition } from '../plan/operation.ts';

const aims: { readonly [Condition in WaitCondition]: string } = {
  running: 'run',
  healthy: 'be healthy',
  'running-or-healthy': 'be ready',
  confirmed: 'be ready',
  'running-or-completed': 'run',
  completed: 'complete',
};

/** What a wait waits for, in words: `waiting for db to be healthy`. */
export function waitingWords(service: string, condition: WaitCondition): string {
  return `waiting for ${service} to ${aims[condition]}`;
}
