import type { TerminalSize } from '../compose/interactive-process.ts';
import type { Host } from './host.ts';

/** The size of the terminal that stdout is, if it is one and says so. */
export function terminalSize({ stdout }: Pick<Host, 'stdout'>): { readonly size?: TerminalSize } {
  const { columns = 0, rows = 0 } = stdout;
  return columns > 0 && rows > 0 ? { size: { columns, rows } } : {};
}
