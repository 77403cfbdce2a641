import type { Painter } from './painter.ts';
import type { ResourceRow, RowState } from './resource-row.ts';
import { fitText, padText, textWidth } from './text-width.ts';

/** What a frame is drawn with. */
export interface FrameOptions {
  /** Command, such as `up`. */
  readonly title: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly columns: number;
  /** Most lines a frame may take; the rest is counted in one line. */
  readonly lines: number;
  readonly painter: Painter;
}

const spinner = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const frameMilliseconds = 100;

/** Rows that matter most come first when not all fit. */
const urgency: Readonly<Record<RowState, number>> = {
  failed: 0,
  working: 1,
  waiting: 2,
  aborted: 3,
  blocked: 4,
  pending: 5,
  done: 6,
  skipped: 7,
};

/** One frame of live progress: a header, a line a resource, and how many more there are. */
export function renderRows(rows: readonly ResourceRow[], options: FrameOptions): readonly string[] {
  const ended = rows.filter((row) => row.endedAt !== undefined).length;
  const header = `[+] ${options.title} ${String(ended)}/${String(rows.length)}`;
  const room = Math.max(1, options.lines - 1);
  const shown = rows.length <= room ? rows : mostUrgent(rows, Math.max(1, room - 1));
  const longest = Math.max(...shown.map((row) => textWidth(row.title)), 0);
  const titleWidth = Math.min(longest, titleLimit(options.columns));
  const lines = shown.map((row) => renderRow(row, titleWidth, options));
  const rest = rows.length - shown.length;
  return [header, ...lines, ...(rest > 0 ? [options.painter.dim(`   ... ${String(rest)} more`)] : [])].slice(
    0,
    Math.max(1, options.lines),
  );
}

/** What a title may take: most of a wide terminal and half of a narrow one, so that state and time still fit in the line. */
function titleLimit(columns: number): number {
  return Math.max(1, columns - 32, Math.floor(columns / 2) - 5);
}

function mostUrgent(rows: readonly ResourceRow[], count: number): readonly ResourceRow[] {
  const chosen = new Set(rows.toSorted((a, b) => urgency[a.state] - urgency[b.state]).slice(0, count));
  return rows.filter((row) => chosen.has(row));
}

function renderRow(row: ResourceRow, titleWidth: number, options: FrameOptions): string {
  const { painter } = options;
  const paint = painterOf(row.state, painter);
  const elapsed = elapsedOf(row, options.now);
  const status = [row.verb, row.detail?.replaceAll(/\s+/g, ' ')]
    .filter((word) => word !== undefined && word !== '')
    .join(' ');
  const room = options.columns - titleWidth - elapsed.length - 5;
  const fitted = fitText(status, Math.max(0, room));
  const gap = ' '.repeat(Math.max(1, room - textWidth(fitted) + 1));
  const line = ` ${paint(iconOf(row.state, options.now))} ${padText(fitText(row.title, titleWidth), titleWidth)} ${paint(fitted)}`;
  return elapsed === '' ? line : `${line}${gap}${painter.dim(elapsed)}`;
}

function iconOf(state: RowState, now: number): string {
  switch (state) {
    case 'working':
      return spinner[Math.floor(now / frameMilliseconds) % spinner.length] ?? '·';
    case 'done':
      return '✔';
    case 'failed':
    case 'aborted':
      return '✘';
    case 'blocked':
      return '!';
    case 'skipped':
      return '-';
    case 'pending':
    case 'waiting':
      return '·';
  }
}

function painterOf(state: RowState, painter: Painter): (text: string) => string {
  switch (state) {
    case 'working':
      return painter.cyan;
    case 'done':
      return painter.green;
    case 'failed':
    case 'aborted':
      return painter.red;
    case 'blocked':
      return painter.yellow;
    case 'pending':
    case 'waiting':
    case 'skipped':
      return painter.dim;
  }
}

function elapsedOf(row: ResourceRow, now: number): string {
  if (row.startedAt === undefined) return '';
  return `${(Math.max(0, (row.endedAt ?? now) - row.startedAt) / 1000).toFixed(1)}s`;
}
