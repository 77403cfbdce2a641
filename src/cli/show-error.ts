import { failureLines } from '../compose/failure-lines.ts';
import { ProjectError } from '../compose/project-error.ts';
import { isTopsailError } from '../diagnostics/topsail-error.ts';
import { isEngineError } from '../engine/engine-error.ts';
import { stampEvent } from '../events/event-stamp.ts';
import { createPainter } from '../report/painter.ts';
import type { Display } from './display.ts';
import type { Host } from './host.ts';
import { showDiagnostics } from './show-diagnostics.ts';

/** What Docker Compose calls an invalid project, words that scripts look for: services that contradict themselves or each other. */
const inconsistencies: ReadonlySet<string> = new Set([
  'undefined-reference',
  'undefined-dependency',
  'service-inconsistent',
  'secret-without-source',
]);

/** Shows what ended a command on stderr: the cause in the first line, then details. One event under `--progress json`. */
export function showError(host: Host, display: Display, thrown: unknown): void {
  if (thrown instanceof ProjectError) {
    // Warnings too: a variable that is not set may be the reason of an error.
    showDiagnostics({ host, display }, thrown.diagnostics, thrown.sources);
    const inconsistent = thrown.diagnostics.some(({ code }) => inconsistencies.has(code));
    if (inconsistent && display.format !== 'json') host.stderr.write('invalid compose project\n');
    return;
  }
  const message = messageOf(thrown);
  const details = isTopsailError(thrown) ? failureLines(thrown) : stackLines(thrown);
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

/** What the engine itself refused begins with the words of Docker's client, which scripts look for. */
function messageOf(thrown: unknown): string {
  if (isEngineError(thrown) && thrown.statusCode !== undefined) return `Error response from daemon: ${thrown.message}`;
  return thrown instanceof Error && thrown.message !== '' ? thrown.message : String(thrown);
}

/** An error that is none of ours is a fault of Topsail: its stack is what a report of it needs. */
function stackLines(thrown: unknown): readonly string[] {
  if (!(thrown instanceof Error)) return [];
  return ['this is a fault in Topsail, please report it:', ...(thrown.stack ?? '').split('\n').slice(1)];
}
