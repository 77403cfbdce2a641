import { relative } from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { type DrawnRole, drawDiagnostic } from '../diagnostics/render-diagnostic.ts';
import type { SourceText } from '../diagnostics/source-text.ts';
import { createPainter, type Paint, type Painter } from '../report/painter.ts';
import type { Session } from './session.ts';

/** Draws diagnostics on stderr under the lines they speak of; as JSON under `--progress json`. */
export function showDiagnostics(
  session: Pick<Session, 'host' | 'display'>,
  diagnostics: readonly Diagnostic[],
  sources: ReadonlyMap<string, SourceText>,
): void {
  const { host, display } = session;
  if (display.format === 'json') {
    for (const diagnostic of diagnostics) {
      const time = new Date().toISOString();
      host.stderr.write(`${JSON.stringify({ version: 1, time, type: 'diagnostic', diagnostic })}\n`);
    }
    return;
  }
  const painter = createPainter(display.stderrColours);
  for (const diagnostic of diagnostics) {
    const lines = drawDiagnostic(diagnostic, sources, { showName: (file) => shownName(file, host.workingDirectory) });
    for (const { role, text } of lines) host.stderr.write(`${paintOf(role, diagnostic, painter)(text)}\n`);
  }
}

/** Files below the working directory are shown relative to it. */
export function shownName(file: string, workingDirectory: string): string {
  if (!file.startsWith('/')) return file;
  const path = relative(workingDirectory, file);
  return path === '' || path.startsWith('..') ? file : path;
}

function paintOf(role: DrawnRole, diagnostic: Diagnostic, painter: Painter): Paint {
  switch (role) {
    case 'title':
      return diagnostic.severity === 'error' ? (text) => painter.bold(painter.red(text)) : painter.yellow;
    case 'marker':
      return painter.red;
    case 'hint':
      return painter.cyan;
    case 'source':
    case 'related':
      return (text) => text;
  }
}
