import { setMaxListeners } from 'node:events';
import type { Clock } from '../engine/clock.ts';

/** How long calls that are under way may still take after an interrupt, in milliseconds. */
export const callGrace = 5000;

/** The signal of short calls to the engine. */
export interface CallSignal {
  readonly signal: AbortSignal;
  /** Leaves no timer behind. */
  readonly close: () => void;
}

/**
 * A signal that follows an interrupt late and the loss of the engine at once. An engine finishes what it was asked for, also
 * when nobody listens any more: a call that is given up takes effect after the next command has looked.
 */
export function createCallSignal(clock: Clock, interrupt: AbortSignal, lost: AbortSignal): CallSignal {
  const controller = new AbortController();
  const closed = new AbortController();
  const { signal } = controller;
  setMaxListeners(0, signal);
  const onInterrupt = (): void => {
    clock.sleep(callGrace, closed.signal).then(
      () => controller.abort(interrupt.reason),
      () => undefined,
    );
  };
  const onLost = (): void => controller.abort(lost.reason);
  lost.addEventListener('abort', onLost, { once: true });
  if (interrupt.aborted) controller.abort(interrupt.reason);
  else interrupt.addEventListener('abort', onInterrupt, { once: true });
  return {
    signal,
    close: () => {
      lost.removeEventListener('abort', onLost);
      interrupt.removeEventListener('abort', onInterrupt);
      closed.abort();
    },
  };
}
