import type { ComposePorts } from '../../compose/ports.ts';
import { systemProcessTable } from '../../instances/process-table.ts';
import { type SweepReport, sweep } from '../../instances/sweep.ts';
import type { PruneFlags } from '../commands/prune.ts';
import { exitCode } from '../exit-code.ts';
import { refuseDryRun } from '../refuse-dry-run.ts';
import type { Session } from '../session.ts';
import { sweptWords } from '../sweep-meanwhile.ts';
import { withEngine } from '../with-engine.ts';

/** Sweeps thoroughly and says what went. */
export async function runPrune(session: Session, flags: PruneFlags): Promise<number> {
  refuseDryRun(session, 'prune');
  const clean = ({ engine, clock }: ComposePorts, signal: AbortSignal): Promise<SweepReport> =>
    sweep({ engine, clock, processes: systemProcessTable() }, { signal, thorough: true });
  const report = await withEngine(session, clean, { sweep: false });
  session.host.stdout.write(flags.format === 'json' ? `${JSON.stringify(jsonReport(report))}\n` : words(report));
  return exitCode.success;
}

function words({ swept }: SweepReport): string {
  if (swept.length === 0) return 'nothing to remove\n';
  return swept.map((copy) => `${sweptWords(copy)}\n`).join('');
}

function jsonReport({ swept, live }: SweepReport): object {
  return { swept, live: live.map(({ project, owner, expiresAt }) => ({ project, owner, expiresAt })) };
}
