import { randomBytes } from 'node:crypto';
import type { CallOptions, Engine } from '../engine/engine.ts';
import { LEASED_LABEL, PROJECT_LABEL } from '../state/labels.ts';

const turnName = 'topsail-turn-';

/** Whether a project is nothing but a place in the engine's queue, which somebody took a moment ago or was killed in. */
export function isQueueTurn(project: string): boolean {
  return project.startsWith(turnName);
}

/**
 * Resolves when the engine has made the networks that it was asked for before, also by clients that are gone: it makes one after the
 * other, which takes seconds where many are wanted. So a network of our own is asked for and removed at once; should this process
 * be killed in between, a sweep finds it. Never rejects: an engine that refuses it, or does not answer, tells that again.
 */
export async function passEngineQueue(engine: Engine, call: CallOptions): Promise<void> {
  const name = `${turnName}${randomBytes(6).toString('hex')}`;
  const labels = { [PROJECT_LABEL]: name, [LEASED_LABEL]: 'true' };
  try {
    const { id } = await engine.networks.create({ Name: name, Labels: labels }, call);
    await engine.networks.remove(id);
  } catch {
    return;
  }
}
