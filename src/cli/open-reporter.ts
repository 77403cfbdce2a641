import { createJsonReporter } from '../report/json-reporter.ts';
import { createPlainReporter } from '../report/plain-reporter.ts';
import { createQuietReporter } from '../report/quiet-reporter.ts';
import type { Reporter } from '../report/reporter.ts';
import type { Session } from './session.ts';
import { statusOutput } from './status-output.ts';

/** Opens the reporter of the chosen format where progress goes. Only the terminal's is worth loading late. */
export async function openReporter(
  session: Session,
  title: string,
  options: { readonly hideStarts?: boolean } = {},
): Promise<Reporter> {
  const { host, display } = session;
  const output = statusOutput(host);
  switch (display.format) {
    case 'plain':
      return createPlainReporter(output, { ...options, buildLog: host.stdout });
    case 'json':
      return createJsonReporter(output);
    case 'quiet':
      return createQuietReporter();
    case 'tty': {
      const { createTerminalReporter } = await import('../report/terminal-reporter.ts');
      return createTerminalReporter(output, { title, coloured: display.stderrColours, now: Date.now });
    }
  }
}
