import type { ReportFormat } from '../report/reporter.ts';
import type { Host, HostOutput } from './host.ts';
import type { RootFlags } from './root-flags.ts';
import { statusOutput } from './status-output.ts';
import { usageError } from './usage-error.ts';

/** How things are shown, decided once from flags, environment and terminals (compose-surface 2.2). */
export interface Display {
  readonly format: ReportFormat;
  /** Colours of logs and tables. */
  readonly stdoutColours: boolean;
  /** Colours of progress and diagnostics. */
  readonly stderrColours: boolean;
}

const formats = ['auto', 'tty', 'plain', 'json', 'quiet', 'none', ''];
const whens = ['auto', 'always', 'never'];

/** Throws a usage error for values that do not exist or contradict each other. */
export function chooseDisplay(host: Host, flags: RootFlags): Display {
  const { environment } = host;
  const ansi = flags.ansi ?? (environment['COMPOSE_ANSI'] || 'auto');
  const progress = flags.progress ?? environment['COMPOSE_PROGRESS'] ?? 'auto';
  if (!whens.includes(ansi))
    throw usageError(`invalid value for --ansi: ${JSON.stringify(ansi)}`, `use one of ${whens.join(', ')}`);
  if (!formats.includes(progress)) throw usageError(`unsupported --progress value ${JSON.stringify(progress)}`);
  if (progress === 'tty' && ansi === 'never')
    throw usageError("can't use --progress tty while ANSI support is disabled");
  if (progress === 'plain' && ansi === 'always')
    throw usageError("can't use --progress plain while ANSI support is forced");
  const coloured = (output: HostOutput): boolean => {
    if ((environment['NO_COLOR'] ?? '') !== '') return false;
    return ansi === 'always' || (ansi === 'auto' && output.isTerminal);
  };
  return {
    format: formatOf(progress, ansi, statusOutput(host).isTerminal),
    stdoutColours: coloured(host.stdout),
    stderrColours: coloured(host.stderr),
  };
}

function formatOf(progress: string, ansi: string, terminal: boolean): ReportFormat {
  if (progress === 'tty' || progress === 'plain' || progress === 'json' || progress === 'quiet') return progress;
  if (progress === 'none') return 'quiet';
  return terminal && ansi !== 'never' ? 'tty' : 'plain';
}
