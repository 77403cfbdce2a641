import type { Host, HostOutput } from '../../../src/cli/host.ts';
import { RecordedOutput } from '../report/recorded-output.ts';

/** A process that remembers what it wrote and how it ended. */
export class RecordedHost implements Host {
  readonly stdout: RecordedOutput & HostOutput;
  readonly stderr: RecordedOutput & HostOutput;
  readonly stdinIsTerminal = false;
  readonly environment: Readonly<Record<string, string>>;
  readonly workingDirectory: string;
  readonly homeDirectory = '/nonexistent';
  exitCode: number | undefined;
  readonly #listeners = new Set<() => void>();

  constructor(
    options: {
      readonly terminal?: boolean;
      readonly environment?: Readonly<Record<string, string>>;
      readonly directory?: string;
    } = {},
  ) {
    const output = (): RecordedOutput & HostOutput =>
      Object.assign(new RecordedOutput(), { isTerminal: options.terminal === true });
    this.stdout = output();
    this.stderr = output();
    this.environment = options.environment ?? {};
    this.workingDirectory = options.directory ?? '/nonexistent';
  }

  onInterrupt = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  exit = (code: number): void => {
    this.exitCode = code;
  };

  /** Presses Ctrl-C. */
  interrupt(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}
