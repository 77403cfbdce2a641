import { type AttachedUpOptions, attachedUp } from '../../compose/attached-up.ts';
import { hookSource } from '../../compose/hook-source.ts';
import type { LoadedProject } from '../../compose/load-project-strictly.ts';
import type { ComposePorts } from '../../compose/ports.ts';
import { sourceName } from '../../compose/source-name.ts';
import type { UpOptions } from '../../compose/up-options.ts';
import type { EventSink, LogSource } from '../../events/event.ts';
import { fanOut } from '../../events/event-sinks.ts';
import { createLogPrinter, type LogPrinter } from '../../report/log-printer.ts';
import type { Reporter } from '../../report/reporter.ts';
import { carryOutOptionsOf } from '../carry-out-options.ts';
import type { UpFlags } from '../commands/up.ts';
import { exitCode } from '../exit-code.ts';
import { openProgress } from '../open-progress.ts';
import type { Session } from '../session.ts';
import { showNotice } from '../show-notice.ts';
import { attachedByName } from '../up-flag-rules.ts';
import { hasMenu, openMenu } from '../up-menu.ts';
import { usageError } from '../usage-error.ts';
import { writeTimeline, writeTimelineOfFailure } from '../write-timeline.ts';

/** `up` without `-d`: progress, then the logs of the containers until all have exited or Ctrl-C stops them. */
export async function runAttachedUp(
  session: Session,
  ports: ComposePorts,
  loaded: LoadedProject,
  base: UpOptions,
  flags: UpFlags,
): Promise<number> {
  const shown = shownServices(loaded, base.targets ?? [], flags);
  checkExitCodeFrom(loaded, flags);
  const progress = await openProgress(session, 'up', loaded, { hideStarts: true });
  const printer = openPrinter(session, progress, flags);
  const sink = fanOut(progress.sink, hookLines(loaded.project.name, printer));
  const force = new AbortController();
  const detach = new AbortController();
  const letGo = session.interrupts.takeSecond(() => force.abort());
  const actions = { project: loaded.project, printer, detach: () => detach.abort() };
  const closeMenu = hasMenu(session, flags) ? await openMenu(session, actions) : undefined;
  try {
    const result = await attachedUp(ports, loaded.project, {
      ...base,
      ...carryOutOptionsOf(session, sink, flags, loaded.project.origin.environment),
      ...abortRule(flags),
      ...reactions(session, loaded.project.name, printer, progress, flags),
      signal: session.interrupts.signal,
      force: force.signal,
      detach: detach.signal,
      shown,
    });
    return result.ended === 'interrupted' ? exitCode.interrupted : result.exitCode;
  } catch (error) {
    printer.flush();
    await progress.close();
    await writeTimelineOfFailure(session, error, flags.timeline);
    throw error;
  } finally {
    letGo();
    await closeMenu?.();
    printer.flush();
    await progress.close();
  }
}

/** What hooks write stands between the lines of the containers. */
function hookLines(project: string, printer: LogPrinter): EventSink {
  return (event) => {
    const source = hookSource(project, event);
    if (source !== undefined && event.type === 'node-progress') printer.line(source, 'stdout', event.text);
  };
}

function reactions(
  session: Session,
  project: string,
  printer: LogPrinter,
  progress: Reporter,
  flags: UpFlags,
): Pick<AttachedUpOptions, 'onAttach' | 'onLine' | 'onExit' | 'onRecreate' | 'onUp' | 'onStopping' | 'onWarning'> {
  const nameOf = (source: LogSource): string => sourceName(project, source);
  return {
    onAttach: (names) => {
      for (const name of names) printer.register(name);
      printer.status(`Attaching to ${names.join(', ')}`);
    },
    onLine: ({ source, stream, text }) => {
      const shownText = flags.timestamps === true ? `${new Date().toISOString()} ${text}` : text;
      printer.line(nameOf(source), stream, shownText);
      return printer.behind();
    },
    onExit: ({ source, exitCode: code, restarting }) => {
      const name = nameOf(source);
      printer.status(`${name} exited with code ${String(code)}${restarting ? ' (restarting)' : ''}`, name);
    },
    onRecreate: (source) => printer.status(`${nameOf(source)} has been recreated`, nameOf(source)),
    onUp: async ({ timeline }) => {
      await progress.close();
      if (flags.timeline !== undefined) await writeTimeline(session, timeline, flags.timeline);
    },
    onStopping: () => {
      const text = session.interrupts.interrupted()
        ? 'Gracefully Stopping... press Ctrl+C again to force'
        : 'Aborting on container exit...';
      progress.interrupt(() => showNotice(session, text));
    },
    onWarning: (text) => progress.interrupt(() => showNotice(session, text, 'warning: ')),
  };
}

function openPrinter(session: Session, progress: Reporter, flags: UpFlags): LogPrinter {
  const { stdout, stderr } = session.host;
  return createLogPrinter(
    { stdout, stderr },
    {
      coloured: session.display.stdoutColours && flags.color !== false,
      prefix: flags.logPrefix !== false,
      terminal: stdout.isTerminal,
      interrupt: progress.interrupt,
    },
  );
}

function abortRule(flags: UpFlags): Pick<AttachedUpOptions, 'abortOn' | 'exitCodeFrom'> {
  const from = flags.exitCodeFrom === undefined ? {} : { exitCodeFrom: flags.exitCodeFrom };
  if (flags.abortOnContainerFailure === true) return { abortOn: 'failure', ...from };
  if (flags.abortOnContainerExit === true || flags.exitCodeFrom !== undefined) return { abortOn: 'exit', ...from };
  return {};
}

function checkExitCodeFrom({ project }: LoadedProject, { exitCodeFrom }: UpFlags): void {
  if (exitCodeFrom === undefined || Object.hasOwn(project.services, exitCodeFrom)) return;
  throw usageError(`no such service: ${exitCodeFrom}`);
}

/** Whose logs are shown: `--attach`, else what was asked for unless the file says `attach: false` (compose-surface 1.5). */
function shownServices({ project }: LoadedProject, targets: readonly string[], flags: UpFlags): readonly string[] {
  const all = Object.keys(project.services);
  const leftOut = new Set(flags.withoutAttach);
  const attach = attachedByName(flags);
  const unknown = attach.filter((name) => !all.includes(name));
  if (unknown.length > 0) throw usageError(`cannot attach to services not included in up: ${unknown.join(', ')}`);
  const asked = targets.length === 0 || flags.attachDependencies === true ? all : targets;
  const chosen = attach.length > 0 ? attach : asked.filter((name) => project.services[name]?.attach !== false);
  return chosen.filter((name) => !leftOut.has(name));
}
