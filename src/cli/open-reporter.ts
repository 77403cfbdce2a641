import { createJsonReporter } from '../report/json-reporter.ts';
import { createPlainReporter } from '../report/plain-reporter.ts';
import { createQuietReporter } from '../report/quiet-reporter.ts';
import type { Reporter } from '../report/reporter.ts';
import type { TextOutput } from '../report/text-output.ts';
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
      return createPlainReporter(session.flags.dryRun === true ? marked(output) : output, {
        ...options,
        buildLog: host.stdout,
      });
    case 'json':
      return createJsonReporter(output);
    case 'quiet':
      return createQuietReporter();
    case 'tty': {
      const { createTerminalReporter } = await import('../report/terminal-reporter.ts');
      const header = session.flags.dryRun === true ? `${title}, dry run` : title;
      return createTerminalReporter(output, { title: header, coloured: display.stderrColours, now: Date.now });
    }
  }
}

/** Every line says that nothing of it happens. */
function marked(output: TextOutput): TextOutput {
  return { ...output, write: (text) => output.write(` DRY-RUN MODE - ${text}`) };
}
