import type { TextOutput } from './text-output.ts';

/** A block of lines at the bottom of a terminal that can be replaced and moved out of the way. */
export interface TerminalScreen {
  /** Replaces the block. */
  readonly show: (lines: readonly string[]) => void;
  /** Removes the block, so that other text can be written where it was. */
  readonly erase: () => void;
  /** Leaves the block where it is; the next one begins below. */
  readonly keep: () => void;
}

const escape = '\u001b[';

/** Lines must not be wider than the terminal: a wrapped line cannot be counted. */
export function createTerminalScreen(output: TextOutput): TerminalScreen {
  let shown = 0;
  const clear = (): string => (shown === 0 ? '' : `${escape}${String(shown)}A\r${escape}0J`);
  return {
    show: (lines) => {
      output.write(`${clear()}${lines.map((line) => `${line}\n`).join('')}`);
      shown = lines.length;
    },
    erase: () => {
      if (shown > 0) output.write(clear());
      shown = 0;
    },
    keep: () => {
      shown = 0;
    },
  };
}
