import { ExecutionFailure } from '../compose/execution-failure.ts';
import { ProjectError } from '../compose/project-error.ts';
import { isTopsailError, type TopsailError } from '../diagnostics/topsail-error.ts';
import { stampEvent } from '../events/event-stamp.ts';
import { createPainter } from '../report/painter.ts';
import type { Display } from './display.ts';
import type { Host } from './host.ts';
import { showDiagnostics } from './show-diagnostics.ts';

/** Shows what ended a command on stderr: the cause in the first line, then details. One event under `--progress json`. */
export function showError(host: Host, display: Display, thrown: unknown): void {
  if (thrown instanceof ProjectError) {
    // Warnings too: a variable that is not set may be the reason of an error.
    showDiagnostics({ host, display }, thrown.diagnostics, thrown.sources);
    return;
  }
  const message = messageOf(thrown);
  const details = detailsOf(thrown);
  if (display.format === 'json') {
    const code = isTopsailError(thrown) ? thrown.code : 'internal';
    const event = stampEvent({ type: 'error', error: true, code, message, details }, Date.now());
    host.stderr.write(`${JSON.stringify(event)}\n`);
    return;
  }
  const painter = createPainter(display.stderrColours);
  host.stderr.write(`${painter.bold(painter.red(message))}\n`);
  for (const line of details) host.stderr.write(`  ${line}\n`);
}

/** Of an execution every failure is told with what lies below it, the first one first. */
function detailsOf(thrown: unknown): readonly string[] {
  if (!isTopsailError(thrown)) return stackLines(thrown);
  if (!(thrown instanceof ExecutionFailure)) return [...thrown.details, ...causeLines(thrown)];
  return thrown.result.errors.flatMap((error, index) => {
    const title = index === 0 ? [] : [`also: ${error.message}`];
    const indent = index === 0 ? '' : '  ';
    return [...title, ...[...error.details, ...causeLines(error)].map((line) => indent + line)];
  });
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error && thrown.message !== '' ? thrown.message : String(thrown);
}

/** What is below an error, as long as each cause says something new. */
function causeLines(error: TopsailError): readonly string[] {
  const lines: string[] = [];
  let said = [error.message, ...error.details].join('\n');
  for (let cause = error.cause; cause instanceof Error && lines.length < 8; cause = cause.cause) {
    if (said.includes(cause.message)) continue;
    lines.push(`caused by: ${cause.message}`);
    said += cause.message;
  }
  return lines;
}

/** An error that is none of ours is a fault of Topsail: its stack is what a report of it needs. */
function stackLines(thrown: unknown): readonly string[] {
  if (!(thrown instanceof Error)) return [];
  return ['this is a fault in Topsail, please report it:', ...(thrown.stack ?? '').split('\n').slice(1)];
}
