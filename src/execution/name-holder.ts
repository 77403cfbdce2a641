import type { TextMap } from '../engine/container.ts';
import type { Engine } from '../engine/engine.ts';
import { isEngineError } from '../engine/engine-error.ts';
import { holderWords } from './holder-words.ts';

/** The container that has a name. */
export interface NameHolder {
  readonly id: string;
  readonly labels: TextMap;
  /** `container shop-db-1 of project shop`. */
  readonly words: string;
  /** It is being removed, or just was: the name will be free soon. */
  readonly leaving: boolean;
}

/** Whoever holds a name may be about to go: so many attempts at it are worth while. */
export const nameAttempts = 5;

/** The time between two attempts at a name, in milliseconds. */
export const nameDelay = 200;

const goingStates: ReadonlySet<string> = new Set(['removing', 'dead']);

/** The container of that name; undefined if there is none any more. */
export async function containerHolding(
  engine: Engine,
  name: string,
  signal: AbortSignal,
): Promise<NameHolder | undefined> {
  try {
    const { Id: id, Config: config, State: state } = await engine.containers.inspect(name, { signal });
    const labels = config.Labels ?? {};
    return { id, labels, words: holderWords(id.slice(0, 12), labels), leaving: goingStates.has(state.Status) };
  } catch (error) {
    if (isEngineError(error, 'not-found')) return undefined;
    throw error;
  }
}
