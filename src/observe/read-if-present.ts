import { isEngineError } from '../engine/engine-error.ts';

/** The answer of a call, or undefined if the engine does not know what it asks about. Other errors are thrown. */
export async function readIfPresent<Answer>(call: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await call;
  } catch (error) {
    if (isEngineError(error, 'not-found')) return undefined;
    throw error;
  }
}
