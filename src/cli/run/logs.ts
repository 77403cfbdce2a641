import { type LogsOptions, logs } from '../../compose/logs.ts';
import { ps } from '../../compose/ps.ts';
import { sourceName } from '../../compose/source-name.ts';
import type { LogSource } from '../../events/event.ts';
import type { LogLine } from '../../follow/log-line.ts';
import { createLogPrinter } from '../../report/log-printer.ts';
import { createTextBatch } from '../../report/text-batch.ts';
import type { LogsFlags } from '../commands/logs.ts';
import { exitCode } from '../exit-code.ts';
import { referToProject } from '../load-for-command.ts';
import type { Session } from '../session.ts';
import { showNotice } from '../show-notice.ts';
import { usageError } from '../usage-error.ts';
import { withEngine } from '../with-engine.ts';

/** Shows lines; `behind` is a promise while the reader is slow. */
interface LineOutput {
  readonly register: (source: LogSource) => void;
  readonly line: (line: LogLine) => void;
  readonly behind: () => Promise<void> | undefined;
  readonly flush: () => void;
}

/** Shows what the containers wrote; both of their streams go to stdout. */
export async function runLogs(session: Session, services: readonly string[], flags: LogsFlags): Promise<number> {
  checkFlags(flags);
  const reference = await referToProject(session);
  const output = flags.format === 'json' ? jsonOutput(session) : textOutput(session, reference.name, flags);
  await withEngine(session, async (ports, signal) => {
    const containers = await ps(ports, reference, { all: true, services, signal });
    for (const { service, number, name, oneOff } of containers) {
      if (oneOff || (flags.index !== undefined && flags.index !== 0 && flags.index !== number)) continue;
      output.register({ service, replica: number ?? 0, container: name });
    }
    const lines = logs(ports, reference, {
      signal,
      services,
      follow: flags.follow === true,
      ...(flags.tail === undefined ? {} : { tail: flags.tail }),
      ...(containers.length === 0 ? {} : timesOf(flags)),
      ...(flags.index === undefined ? {} : { index: flags.index }),
      onWarning: (text) => showNotice(session, text, 'warning: '),
    });
    try {
      for await (const line of lines) {
        output.line(line);
        const slow = output.behind();
        if (slow !== undefined) await slow;
      }
    } finally {
      output.flush();
    }
  });
  return exitCode.success;
}

/** A malformed time is an error where there is a log to read, as with Docker Compose. */
function timesOf({ since, until }: LogsFlags): Pick<LogsOptions, 'since' | 'until'> {
  return { ...(since === undefined ? {} : { since }), ...(until === undefined ? {} : { until }) };
}

function checkFlags({ tail, format }: LogsFlags): void {
  if (tail !== undefined && !/^(all|-?\d+)$/.test(tail)) throw usageError(`invalid --tail ${JSON.stringify(tail)}`);
  if (format === undefined || format === 'text' || format === 'json') return;
  throw usageError(`unsupported format ${JSON.stringify(format)}`, 'use text or json');
}

function textOutput(session: Session, project: string, flags: LogsFlags): LineOutput {
  const { stdout } = session.host;
  const printer = createLogPrinter(
    { stdout, stderr: stdout },
    {
      coloured: session.display.stdoutColours && flags.color !== false,
      prefix: flags.logPrefix !== false,
      terminal: stdout.isTerminal,
    },
  );
  const names = new Map<LogSource, string>();
  const nameOf = (source: LogSource): string => {
    const known = names.get(source) ?? sourceName(project, source);
    names.set(source, known);
    return known;
  };
  return {
    register: (source) => printer.register(sourceName(project, source)),
    line: ({ source, stream, text, timestamp }) =>
      printer.line(nameOf(source), stream, flags.timestamps === true ? `${timestamp} ${text}` : text),
    behind: printer.behind,
    flush: printer.flush,
  };
}

/** An object a line; its members do not change with the other flags. */
function jsonOutput({ host }: Session): LineOutput {
  const batch = createTextBatch();
  return {
    register: () => undefined,
    line: ({ source: { service, replica, container }, stream, timestamp: time, text }) =>
      batch.add(host.stdout, `${JSON.stringify({ time, service, replica, container, stream, text })}\n`),
    behind: batch.behind,
    flush: batch.flush,
  };
}
