import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { ExecutionFailure } from '../compose/execution-failure.ts';
import { errorMessage } from '../diagnostics/thrown.ts';
import type { Timeline } from '../events/timeline.ts';
import { createPainter } from '../report/painter.ts';
import { renderTimelineHtml } from '../report/timeline-html.ts';
import { renderTimelineSvg } from '../report/timeline-svg.ts';
import { renderTimelineText } from '../report/timeline-text.ts';
import type { Session } from './session.ts';
import { showNotice } from './show-notice.ts';
import { usageError } from './usage-error.ts';

/** Refuses a file for `--timeline` that is neither an SVG nor an HTML page. */
export function checkTimelineTarget(target: string | boolean | undefined): void {
  if (typeof target !== 'string' || /\.(svg|html?)$/i.test(target)) return;
  throw usageError(
    `--timeline ${JSON.stringify(target)} is no picture`,
    'name a file that ends in .svg or .html, or none for text',
  );
}

/** Shows who waited for whom: as text on stderr, or as a picture in a file. */
export async function writeTimeline(session: Session, timeline: Timeline, target: string | boolean): Promise<void> {
  const { stderr, workingDirectory } = session.host;
  if (typeof target !== 'string') {
    const painter = createPainter(session.display.stderrColours);
    stderr.write(renderTimelineText(timeline, { columns: stderr.columns ?? 140, painter }));
    return;
  }
  const text = /\.svg$/i.test(target) ? renderTimelineSvg(timeline) : renderTimelineHtml(timeline);
  await writeFile(resolve(workingDirectory, target), text);
  showNotice(session, `Timeline written to ${target}`);
}

/** The same for a run that failed, which is when it is wanted most. Nothing that goes wrong here hides the failure. */
export async function writeTimelineOfFailure(
  session: Session,
  failure: unknown,
  target: string | boolean | undefined,
): Promise<void> {
  if (target === undefined || !(failure instanceof ExecutionFailure)) return;
  try {
    await writeTimeline(session, failure.timeline, target);
  } catch (error) {
    showNotice(session, errorMessage(error), 'warning: ');
  }
}
