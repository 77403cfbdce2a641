import { systemClock } from '../connect/system-clock.ts';
import { errorMessage } from '../diagnostics/thrown.ts';
import type { Engine } from '../engine/engine.ts';
import { isAnythingLeased } from '../instances/list-leased.ts';
import type { SweptCopy } from '../instances/sweep.ts';
import { isTrue } from '../source/environment-switch.ts';
import type { Session } from './session.ts';
import { showNotice } from './show-notice.ts';

/**
 * Removes what killed processes left on the engine, beside the work of a command, and says so. Whatever comes of it, the command
 * is not disturbed. TOPSAIL_NO_SWEEP keeps it from happening.
 */
export async function sweepMeanwhile(session: Session, engine: Engine): Promise<void> {
  if (isTrue(session.host.environment['TOPSAIL_NO_SWEEP'])) return;
  const { signal } = session.interrupts;
  // Who may not look, or has lost the engine, does not know of anything that stays.
  if (!(await isAnythingLeased(engine, { signal }).catch(() => false))) return;
  try {
    const { sweep } = await import('../instances/sweep.ts');
    const { systemProcessTable } = await import('../instances/process-table.ts');
    const { swept } = await sweep({ engine, clock: systemClock, processes: systemProcessTable() }, { signal });
    for (const copy of swept) showNotice(session, sweptWords(copy));
  } catch (error) {
    if (signal.aborted) return;
    const reason = errorMessage(error);
    showNotice(session, `copies of killed processes stay: ${reason}`, 'warning: ');
  }
}

/** `removed shop-k7mq2x, which process 123 on build-7 has left behind`. */
export function sweptWords({ project, owner }: SweptCopy): string {
  return `removed ${project}, which ${owner} has left behind`;
}
