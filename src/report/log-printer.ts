import type { Paint } from './painter.ts';
import { createTextBatch } from './text-batch.ts';
import type { TextOutput } from './text-output.ts';

/** How log lines are shown. */
export interface LogPrinterOptions {
  readonly coloured: boolean;
  /** `false` for `--no-log-prefix`. */
  readonly prefix: boolean;
  /** Erase the current line before a status line: something may have drawn there. */
  readonly terminal: boolean;
  /** Called around every write, so that live rows are out of the way. */
  readonly interrupt?: (write: () => void) => void;
}

/** Container output and status lines in the layout of Docker Compose: `web-1  | text`. */
export interface LogPrinter {
  /** Announces a source: its name takes part in the width of the prefix and gets the next colour. */
  readonly register: (source: string) => void;
  /** One line without its end. */
  readonly line: (source: string, stream: 'stdout' | 'stderr', text: string) => void;
  /** A reader is behind: resolves when it has caught up. */
  readonly behind: () => Promise<void> | undefined;
  /** A line of ours, such as `web-1 exited with code 0`. */
  readonly status: (text: string, source?: string) => void;
  /** Writes what is still gathered. Lines of one turn of the event loop are written together at its end. */
  readonly flush: () => void;
}

const hues = ['36', '33', '32', '35', '34'];
const cycle = [...hues, ...hues.map((hue) => `${hue};1`)];
const resetLine = '\r\u001b[K';

/** Lines of the containers' stderr go to `stderr`, everything else to `stdout`. */
export function createLogPrinter(
  outputs: { readonly stdout: TextOutput; readonly stderr: TextOutput },
  options: LogPrinterOptions,
): LogPrinter {
  const batch = createTextBatch(options.interrupt);
  const paints = new Map<string, Paint>();
  let width = 0;
  const register = (source: string): Paint => {
    const known = paints.get(source);
    if (known !== undefined) return known;
    // What a hook wrote (`web-1 ->`) has the colour of its container.
    const [owner = source] = source.split(' ');
    const paint = paints.get(owner) ?? paintOf(paints.size, options.coloured);
    paints.set(source, paint);
    width = Math.max(width, source.length + 1);
    return paint;
  };
  return {
    register: (source) => {
      register(source);
    },
    line: (source, stream, text) => {
      const paint = register(source);
      const prefix = options.prefix ? paint(`${source.padEnd(width)} | `) : '';
      batch.add(outputs[stream], `${prefix}${text}\n`);
    },
    status: (text, source) => {
      const paint = source === undefined ? undefined : register(source);
      const shown = paint === undefined ? text : paint(text);
      batch.add(outputs.stdout, `${options.terminal ? resetLine : ''}${shown}\n`);
      batch.flush();
    },
    behind: batch.behind,
    flush: batch.flush,
  };
}

function paintOf(index: number, coloured: boolean): Paint {
  const code = cycle[index % cycle.length] ?? '0';
  return coloured ? (text) => `\u001b[${code}m${text}\u001b[0m` : (text) => text;
}
