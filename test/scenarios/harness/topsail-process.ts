import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

/** The built command, or the script that TOPSAIL_TEST_COMMAND names. */
export const launcher: string =
  process.env['TOPSAIL_TEST_COMMAND'] ?? fileURLToPath(new URL('../../../bin/topsail.js', import.meta.url));

/** How a command ended. */
export interface CommandResult {
  /** Exit code; 128 and the signal's number if a signal ended it. */
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A running `topsail`, in a process of its own as users run it. */
export class TopsailProcess {
  readonly #child: ChildProcess;
  readonly ended: Promise<CommandResult>;
  stdout = '';
  stderr = '';
  readonly #watchers = new Set<() => void>();

  constructor(
    words: readonly string[],
    options: { readonly directory: string; readonly environment: NodeJS.ProcessEnv },
  ) {
    this.#child = spawn(process.execPath, [launcher, ...words], {
      cwd: options.directory,
      env: options.environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => this.#hear('stdout', text));
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => this.#hear('stderr', text));
    this.ended = this.#wait();
  }

  /** Resolves once the output so far matches; rejects if the process ends before. */
  async until(stream: 'stdout' | 'stderr', pattern: RegExp): Promise<void> {
    let over = false;
    const end = this.ended.then(() => {
      over = true;
      for (const watcher of [...this.#watchers]) watcher();
    });
    while (!pattern.test(this[stream])) {
      if (over) throw new Error(`ended without ${String(pattern)} in ${stream}:\n${this.stdout}\n${this.stderr}`);
      await new Promise<void>((resolve) => {
        const watcher = (): void => {
          this.#watchers.delete(watcher);
          resolve();
        };
        this.#watchers.add(watcher);
      });
    }
    end.catch(() => {});
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  #hear(stream: 'stdout' | 'stderr', text: string): void {
    this[stream] += text;
    for (const watcher of [...this.#watchers]) watcher();
  }

  async #wait(): Promise<CommandResult> {
    const [code, signal] = (await once(this.#child, 'close')) as [number | null, NodeJS.Signals | null];
    const exitCode = code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
    return { exitCode, stdout: this.stdout, stderr: this.stderr };
  }
}
