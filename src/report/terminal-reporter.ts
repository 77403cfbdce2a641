import { Listr } from 'listr2';
import type { TopsailEvent } from '../events/event.ts';
import type { Address } from '../state/address.ts';
import { createPainter, type Painter } from './painter.ts';
import { unchangedWord } from './progress-words.ts';
import { renderRows } from './render-rows.ts';
import type { Reporter } from './reporter.ts';
import { createResourceBoard, type ResourceBoard } from './resource-board.ts';
import type { ResourceRow } from './resource-row.ts';
import { RowRenderer, type RowScreen } from './row-renderer.ts';
import { createTerminalScreen, type TerminalScreen } from './terminal-screen.ts';
import type { TextOutput } from './text-output.ts';

/** What a terminal reporter is made from. */
export interface TerminalReporterOptions {
  /** The command, for the header: `up`. */
  readonly title: string;
  readonly coloured: boolean;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

const fallbackColumns = 80;
const fallbackLines = 24;

/** Live rows on a terminal, one a resource: its state, the time it takes, what it waits for. */
export function createTerminalReporter(output: TextOutput, options: TerminalReporterOptions): Reporter {
  const painter = createPainter(options.coloured);
  const screen = createTerminalScreen(output);
  const rowScreen = createRowScreen(output, screen, painter, options);
  let list: RunningList | undefined;
  let summary: string | undefined;
  const say = (text: string): void => {
    screen.erase();
    output.write(`${text}\n`);
  };
  const sink = (event: TopsailEvent): void => {
    if (event.type === 'plan' && event.nodes.length > 0) list = startList(event, rowScreen, list);
    else if (event.type === 'resource-unchanged') sayUnchanged(event, say, painter);
    else if (event.type === 'warning')
      say(painter.yellow(`! ${event.service === undefined ? '' : `${event.service}: `}${event.text}`));
    else if (event.type === 'summary') summary = event.outcomes.failed === 0 ? event.text : undefined;
    else list?.accept(event);
  };
  return {
    sink,
    interrupt: (write) => {
      screen.erase();
      write();
    },
    close: async () => {
      await list?.end();
      if (summary !== undefined) say(summary);
      summary = undefined;
    },
  };
}

function sayUnchanged(
  event: Extract<TopsailEvent, { readonly type: 'resource-unchanged' }>,
  say: (text: string) => void,
  painter: Painter,
): void {
  if (event.address.startsWith('container:'))
    say(` ${painter.green('✔')} Container ${event.name} ${painter.green(unchangedWord(event.text))}`);
  if (event.address.startsWith('service:')) say(painter.dim(` - ${event.name} ${event.text}`));
}

function createRowScreen(
  output: TextOutput,
  screen: TerminalScreen,
  painter: Painter,
  options: TerminalReporterOptions,
): RowScreen {
  const frame = (rows: readonly ResourceRow[], lines: number): readonly string[] =>
    renderRows(rows, {
      title: options.title,
      now: options.now(),
      columns: known(output.columns, fallbackColumns) - 1,
      lines,
      painter,
    });
  return {
    draw: (rows) => screen.show(frame(rows, known(output.rows, fallbackLines) - 2)),
    finish: (rows) => {
      screen.show(frame(rows, Number.POSITIVE_INFINITY));
      screen.keep();
    },
  };
}

/** A terminal that nobody told its size says that it has none. */
function known(size: number | undefined, fallback: number): number {
  return size === undefined || size === 0 ? fallback : size;
}

/** A list that is being drawn, fed by events. */
interface RunningList {
  readonly accept: (event: TopsailEvent) => void;
  readonly end: () => Promise<void>;
}

/** One flat concurrent list: a task a resource, settled when the last step of the resource has ended. */
function startList(
  plan: Extract<TopsailEvent, { readonly type: 'plan' }>,
  screen: RowScreen,
  previous: RunningList | undefined,
): RunningList {
  const board = createResourceBoard();
  board.accept(plan);
  const settle = new Map<Address, () => void>();
  const tasks = board.rows().map((row) => {
    const ended = new Promise<void>((resolve) => settle.set(row.address, resolve));
    return { title: row.title, task: () => ended, rendererOptions: { row: () => board.row(row.address) } };
  });
  const list = new Listr<undefined, typeof RowRenderer, typeof RowRenderer>(tasks, {
    concurrent: true,
    exitOnError: false,
    registerSignalListeners: false,
    renderer: RowRenderer,
    rendererOptions: { screen },
    fallbackRenderer: RowRenderer,
    fallbackRendererOptions: { screen },
    fallbackRendererCondition: false,
  });
  const start = previous === undefined ? Promise.resolve() : previous.end();
  const run = start.then(() => list.run()).then(() => {});
  return { accept: (event) => acceptEvent(event, board, settle), end: () => endList(settle, run) };
}

function acceptEvent(event: TopsailEvent, board: ResourceBoard, settle: ReadonlyMap<Address, () => void>): void {
  const address = board.accept(event);
  if (address !== undefined && board.row(address)?.endedAt !== undefined) settle.get(address)?.();
}

function endList(settle: ReadonlyMap<Address, () => void>, run: Promise<void>): Promise<void> {
  for (const settleRow of settle.values()) settleRow();
  return run;
}
