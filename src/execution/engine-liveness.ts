import type { Clock } from '../engine/clock.ts';
import type { Engine } from '../engine/engine.ts';
import { isEngineError } from '../engine/engine-error.ts';
import { expired, withDeadline } from './deadline.ts';

const attempts = 4;
const delay = 400;
const patience = 1500;

/** Whether an engine that has just lost a connection still answers. Takes a few seconds at most; asked by several at once it asks once. */
export function createLivenessCheck(engine: Engine, clock: Clock, signal: AbortSignal): () => Promise<boolean> {
  let asking: Promise<boolean> | undefined;
  const ask = async (): Promise<boolean> => {
    for (let attempt = 1; ; attempt += 1) {
      if (await answers(engine, clock, signal)) return true;
      if (attempt === attempts || signal.aborted) return false;
      await clock.sleep(delay, signal);
    }
  };
  return () =>
    (asking ??= ask().finally(() => {
      asking = undefined;
    }));
}

/** Whether an error says that the connection, not the request, is at fault. */
export function isConnectionFault(error: unknown): boolean {
  return isEngineError(error, 'unreachable', 'connection-lost');
}

async function answers(engine: Engine, clock: Clock, signal: AbortSignal): Promise<boolean> {
  try {
    return (await withDeadline(clock, patience, signal, (call) => engine.information({ signal: call }))) !== expired;
  } catch (error) {
    return isEngineError(error) && !isConnectionFault(error) && !isEngineError(error, 'aborted');
  }
}
