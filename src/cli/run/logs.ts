import { logs } from '../../compose/logs.ts';
import { ps } from '../../compose/ps.ts';
import { sourceName } from '../../compose/source-name.ts';
import { createLogPrinter } from '../../report/log-printer.ts';
import type { LogsFlags } from '../commands/logs.ts';
import { exitCode } from '../exit-code.ts';
import { referToProject } from '../load-for-command.ts';
import type { Session } from '../session.ts';
import { showNotice } from '../show-notice.ts';
import { usageError } from '../usage-error.ts';
import { withEngine } from '../with-engine.ts';

/** Shows what the containers wrote; both of their streams go to stdout. */
export async function runLogs(session: Session, services: readonly string[], flags: LogsFlags): Promise<number> {
  if (flags.tail !== undefined && !/^(all|\d+)$/.test(flags.tail))
    throw usageError(`invalid --tail ${JSON.stringify(flags.tail)}`);
  const reference = await referToProject(session);
  const { stdout } = session.host;
  const printer = createLogPrinter(
    { stdout, stderr: stdout },
    {
      coloured: session.display.stdoutColours && flags.color !== false,
      prefix: flags.logPrefix !== false,
      terminal: stdout.isTerminal,
    },
  );
  await withEngine(session, async (ports, signal) => {
    const containers = await ps(ports, reference, { all: true, services, signal });
    for (const row of containers) {
      if (row.oneOff) continue;
      const source = { service: row.service, replica: row.number ?? 0, container: row.name };
      if (flags.index === undefined || flags.index === row.number) printer.register(sourceName(reference.name, source));
    }
    const lines = logs(ports, reference, {
      signal,
      services,
      follow: flags.follow === true,
      ...(flags.tail === undefined ? {} : { tail: flags.tail }),
      ...(flags.since === undefined ? {} : { since: flags.since }),
      ...(flags.until === undefined ? {} : { until: flags.until }),
      ...(flags.index === undefined ? {} : { index: flags.index }),
      onWarning: (text) => showNotice(session, text, 'warning: '),
    });
    for await (const line of lines) {
      const text = flags.timestamps === true ? `${line.timestamp} ${line.text}` : line.text;
      printer.line(sourceName(reference.name, line.source), line.stream, text);
    }
  });
  return exitCode.success;
}
