import { explain } from '../../compose/explain.ts';
import { createPainter } from '../../report/painter.ts';
import { renderProvenance } from '../../report/render-provenance.ts';
import type { ExplainFlags } from '../commands/explain.ts';
import { diskReaderOf } from '../disk-reader-of.ts';
import { exitCode } from '../exit-code.ts';
import { loadRequestOf } from '../root-flags.ts';
import type { Session } from '../session.ts';
import { showDiagnostics, shownName } from '../show-diagnostics.ts';

/** Prints where values come from and what they won against. Needs no engine. */
export async function runExplain(session: Session, paths: readonly string[], flags: ExplainFlags): Promise<number> {
  const { host, display } = session;
  const load = loadRequestOf(host, session.flags);
  const { values, removed, diagnostics, sources } = await explain({ load, paths }, diskReaderOf(session));
  showDiagnostics(session, diagnostics, sources);
  const style = {
    painter: createPainter(display.stdoutColours),
    showName: (file: string) => shownName(file, host.workingDirectory),
  };
  const text =
    flags.json === true
      ? `${JSON.stringify({ version: 1, values, removed }, undefined, 2)}\n`
      : renderProvenance(values, removed, style);
  host.stdout.write(text);
  return exitCode.success;
}
