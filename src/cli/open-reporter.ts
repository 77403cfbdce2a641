import { createJsonReporter } from '../report/json-reporter.ts';
import { createPlainReporter } from '../report/plain-reporter.ts';
import { createQuietReporter } from '../report/quiet-reporter.ts';
import type { Reporter } from '../report/reporter.ts';
import type { Session } from './session.ts';

/** Opens the reporter of the chosen format on stderr. Only the terminal's is worth loading late. */
export async function openReporter(
  session: Session,
  title: string,
  options: { readonly hideStarts?: boolean } = {},
): Promise<Reporter> {
  const { host, display } = session;
  switch (display.format) {
    case 'plain':
      return createPlainReporter(host.stderr, options);
    case 'json':
      return createJsonReporter(host.stderr);
    case 'quiet':
      return createQuietReporter();
    case 'tty': {
      const { createTerminalReporter } = await import('../report/terminal-reporter.ts');
      return createTerminalReporter(host.stderr, { title, coloured: display.stderrColours, now: Date.now });
    }
  }
}
