import type { LoadedProject } from '../compose/load-project-strictly.ts';
import type { EventSink } from '../events/event.ts';
import type { Reporter } from '../report/reporter.ts';
import { openReporter } from './open-reporter.ts';
import type { Session } from './session.ts';
import { showDiagnostics } from './show-diagnostics.ts';

/** Opens the reporter of a command and draws the diagnostics among its events, which need the texts they point into. */
export async function openProgress(
  session: Session,
  title: string,
  loaded: Pick<LoadedProject, 'sources'> | undefined,
  options: { readonly hideStarts?: boolean } = {},
): Promise<Reporter> {
  const reporter = await openReporter(session, title, options);
  if (session.display.format === 'json') return reporter;
  const sink: EventSink = (event) => {
    if (event.type !== 'diagnostic') reporter.sink(event);
    else reporter.interrupt(() => showDiagnostics(session, [event.diagnostic], loaded?.sources ?? new Map()));
  };
  return { ...reporter, sink };
}
