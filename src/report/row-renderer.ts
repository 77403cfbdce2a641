import type { ListrRenderer, ListrTaskObject } from 'listr2';
import type { ResourceRow } from './resource-row.ts';

/** The screen a renderer draws on. */
export interface RowScreen {
  /** Replaces the rows on the terminal. */
  readonly draw: (rows: readonly ResourceRow[]) => void;
  /** Draws for the last time and leaves the rows where they are. */
  readonly finish: (rows: readonly ResourceRow[]) => void;
}

type RowTask = ListrTaskObject<undefined, typeof RowRenderer, typeof RowRenderer>;

/** How often rows are drawn. Drawing on every event would starve the work that is being shown. */
const frameMilliseconds = 100;

/** A listr2 renderer that draws all rows ten times a second, however many events arrive. */
export class RowRenderer implements ListrRenderer {
  static rendererOptions: { screen: RowScreen };
  static rendererTaskOptions: { row: () => ResourceRow | undefined };
  /** Whether there is a terminal is decided by who chooses this reporter. */
  static nonTTY = true;

  readonly #tasks: readonly RowTask[];
  readonly #screen: RowScreen;
  #timer: NodeJS.Timeout | undefined;

  constructor(tasks: RowTask[], options: { screen: RowScreen }) {
    this.#tasks = tasks;
    this.#screen = options.screen;
  }

  render(): void {
    this.#screen.draw(this.#rows());
    this.#timer = setInterval(() => this.#screen.draw(this.#rows()), frameMilliseconds);
    this.#timer.unref();
  }

  end(): void {
    clearInterval(this.#timer);
    this.#screen.finish(this.#rows());
  }

  #rows(): readonly ResourceRow[] {
    return this.#tasks.flatMap((task) => task.rendererTaskOptions.row() ?? []);
  }
}
