import type { Host, HostOutput } from '../../../src/cli/host.ts';
import type { HostInput } from '../../../src/cli/standard-input.ts';
import { RecordedOutput } from '../report/recorded-output.ts';

/** A process that remembers what it wrote and how it ended. */
export class RecordedHost implements Host {
  readonly stdout: RecordedOutput & HostOutput;
  readonly stderr: RecordedOutput & HostOutput;
  readonly stdin: TypedInput;
  readonly stdinIsTerminal = false;
  readonly environment: Readonly<Record<string, string>>;
  readonly workingDirectory: string;
  readonly homeDirectory = '/nonexistent';
  exitCode: number | undefined;
  readonly #listeners = new Set<() => void>();
  readonly #signalListeners = new Map<(signal: NodeJS.Signals) => void, readonly NodeJS.Signals[]>();

  constructor(
    options: {
      readonly terminal?: boolean;
      /** Columns and rows of the terminal. */
      readonly size?: readonly [columns: number, rows: number];
      readonly environment?: Readonly<Record<string, string>>;
      readonly directory?: string;
    } = {},
  ) {
    const output = (): RecordedOutput & HostOutput =>
      Object.assign(new RecordedOutput(...(options.size ?? [])), {
        isTerminal: options.terminal === true,
        writeBytes(this: RecordedOutput, data: Uint8Array) {
          this.write(new TextDecoder().decode(data));
          return Promise.resolve();
        },
      });
    this.stdin = new TypedInput(options.terminal === true);
    this.stdout = output();
    this.stderr = output();
    this.environment = options.environment ?? {};
    this.workingDirectory = options.directory ?? '/nonexistent';
  }

  onInterrupt = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  onSignal = (signals: readonly NodeJS.Signals[], listener: (signal: NodeJS.Signals) => void): (() => void) => {
    this.#signalListeners.set(listener, signals);
    return () => this.#signalListeners.delete(listener);
  };

  exit = (code: number): void => {
    this.exitCode = code;
  };

  /** Presses Ctrl-C. */
  interrupt(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  /** Sends the process a signal that it listens for. */
  signal(name: NodeJS.Signals): void {
    for (const [listener, signals] of [...this.#signalListeners]) if (signals.includes(name)) listener(name);
  }
}

/** An input that a test types into. */
export class TypedInput implements HostInput {
  readonly isTerminal: boolean;
  /** Whether keys are taken one by one. */
  raw = false;
  /** Whether they ever were. */
  wasRaw = false;
  readonly #pieces: (Uint8Array | undefined)[] = [];
  #wake = (): void => {};

  constructor(isTerminal: boolean) {
    this.isTerminal = isTerminal;
  }

  type(text: string): void {
    this.#pieces.push(new TextEncoder().encode(text));
    this.#wake();
  }

  end(): void {
    this.#pieces.push(undefined);
    this.#wake();
  }

  async *read(signal: AbortSignal): AsyncGenerator<Uint8Array, void, undefined> {
    signal.addEventListener('abort', () => this.#wake());
    for (;;) {
      if (signal.aborted) return;
      if (this.#pieces.length === 0) {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
        continue;
      }
      const piece = this.#pieces.shift();
      if (piece === undefined) return;
      yield piece;
    }
  }

  takeKeys(): Promise<() => void> {
    this.raw = true;
    this.wasRaw = true;
    return Promise.resolve(() => {
      this.raw = false;
    });
  }
}
