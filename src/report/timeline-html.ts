import type { Timeline } from '../events/timeline.ts';
import { escapeMarkup } from './escape-markup.ts';
import { renderTimelineSvg } from './timeline-svg.ts';

/** A timeline as one HTML page that needs nothing from the network. */
export function renderTimelineHtml(timeline: Timeline): string {
  const title = escapeMarkup(`Timeline of ${timeline.project}`);
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${title}</title><style>body{margin:1.5rem;font-family:system-ui,sans-serif}svg{max-width:100%;height:auto}</style></head>
<body>
${renderTimelineSvg(timeline)}</body>
</html>
`;
}
