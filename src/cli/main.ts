import { CommanderError } from 'commander';
import { chooseDisplay, type Display } from './display.ts';
import { readInvocation } from './docker-words.ts';
import { exitCode } from './exit-code.ts';
import { exitCodeOf } from './exit-code-of.ts';
import { createProcessHost, type Host } from './host.ts';
import { type Interrupts, listenForInterrupts } from './interrupts.ts';
import { normalizeWords } from './normalize-words.ts';
import { parallelLimit } from './parallel-limit.ts';
import { createProgram } from './program.ts';
import { renameOldFlags } from './root-flags.ts';
import { showError } from './show-error.ts';

/** How the process was started. */
export interface ProgramFile {
  /** The path under which it was called, which may be a link. */
  readonly called: string;
  /** The file that was called. */
  readonly launcher: string;
}

/** Runs the command with the arguments after the program's name and gives the process's exit code. Never rejects. */
export async function main(argv: readonly string[], program: ProgramFile): Promise<number> {
  const process = { ...createProcessHost(), launcher: program.launcher };
  try {
    const { asDockerCompose, words, environment } = readInvocation(program.called, argv, process.environment);
    return await runCommandLine(words, { ...process, asDockerCompose, environment });
  } catch (thrown) {
    showError(process, plainDisplay, thrown);
    return exitCode.failure;
  }
}

const plainDisplay: Display = { format: 'plain', stdoutColours: false, stderrColours: false };

/** The same on any host. */
export async function runCommandLine(argv: readonly string[], host: Host): Promise<number> {
  let code: number = exitCode.success;
  let display = plainDisplay;
  const interrupts = listenForInterrupts(host);
  const { program, grammar } = createProgram(host, async (given, body) => {
    const flags = renameOldFlags(host, given);
    display = chooseDisplay(host, flags);
    // A value without sense is refused by every command, as with Docker Compose.
    parallelLimit(flags, host.environment);
    code = await body({ host, flags, display, interrupts });
  });
  try {
    if (isCompletion(argv)) {
      const { runComplete } = await import('./run/complete.ts');
      return await runComplete({ host, display, interrupts }, grammar, argv);
    }
    await program.parseAsync(normalizeWords(grammar, argv), { from: 'user' });
    return interrupts.interrupted() ? exitCode.interrupted : code;
  } catch (thrown) {
    return failureCode(thrown, host, display, interrupts);
  } finally {
    interrupts.release();
  }
}

/** What the scripts of `completion` ask, and the Docker client for its plugin. */
function isCompletion([first]: readonly string[]): boolean {
  return first === '__complete' || first === '__completeNoDesc';
}

/** Whatever an interrupted command threw, it was interrupted. Commander has already said what it has to say. */
function failureCode(thrown: unknown, host: Host, display: Display, interrupts: Interrupts): number {
  if (interrupts.interrupted()) return exitCode.interrupted;
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? exitCode.success : exitCode.failure;
  showError(host, display, thrown);
  return exitCodeOf(thrown);
}
