import { homedir } from 'node:os';
import { isatty } from 'node:tty';
import { namedEnvironment } from '../compose/named-environment.ts';
import type { Named } from '../project/project.ts';
import type { TextOutput } from '../report/text-output.ts';
import { onClientSignal } from './docker-client-signals.ts';
import { exitCode } from './exit-code.ts';
import { type GatheredWrites, gatherWrites } from './gather-writes.ts';
import { type HostInput, standardInput } from './standard-input.ts';

/** An output stream of the process. */
export interface HostOutput extends TextOutput {
  readonly isTerminal: boolean;
  /** Resolves when the bytes have been handed on, so that a fast writer waits for a slow reader. */
  writeBytes(data: Uint8Array): Promise<void>;
}

/** The process that runs a command, as a value: tests pass their own. */
export interface Host {
  readonly stdout: HostOutput;
  readonly stderr: HostOutput;
  readonly stdin: HostInput;
  readonly stdinIsTerminal: boolean;
  readonly environment: Named<string>;
  readonly workingDirectory: string;
  readonly homeDirectory: string;
  /** Calls the listener on SIGINT and SIGTERM until the returned function is called; from then on they end the process with 130. */
  readonly onInterrupt: (listener: () => void) => () => void;
  /** Calls the listener on each of the signals until the returned function is called. */
  readonly onSignal: (signals: readonly NodeJS.Signals[], listener: (signal: NodeJS.Signals) => void) => () => void;
  /** Called in place of `docker compose`, under that name or as the Docker client's plugin. */
  readonly asDockerCompose?: boolean;
  /** The file that starts the command. */
  readonly launcher?: string;
  /** Ends the process at once. */
  readonly exit: (code: number) => void;
}

/**
 * The real process. Who stops reading its results (`topsail logs | head`) ends it quietly; who stops reading its progress does
 * not keep it from finishing its work.
 */
export function createProcessHost(): Host {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    process.stderr.write(`the output cannot be written: ${error.message}\n`);
    process.exit(1);
  });
  const gathered = gatherWrites((flush) => process.nextTick(flush));
  process.once('exit', gathered.flush);
  return {
    stdout: outputOf(() => process.stdout, 1, gathered),
    // Opened when there is something to say.
    stderr: outputOf(() => process.stderr.on('error', ignoreFault), 2, gathered),
    stdin: standardInput(),
    stdinIsTerminal: isatty(0),
    environment: namedEnvironment(process.env),
    workingDirectory: process.cwd(),
    homeDirectory: homedir(),
    onInterrupt,
    onSignal,
    exit: (code) => process.exit(code),
  };
}

function onInterrupt(listener: () => void): () => void {
  const signals = ['SIGINT', 'SIGTERM'] as const;
  const stop = onSignal(signals, listener);
  const release = (): void => {
    stop();
    // Output may still be on its way when the work is done.
    onSignal(signals, () => process.exit(exitCode.interrupted));
  };
  const client = process.env['DOCKER_CLI_PLUGIN_SOCKET'] ?? '';
  if (client === '') return release;
  const forget = onClientSignal(client, listener);
  return () => {
    release();
    forget();
  };
}

function onSignal(signals: readonly NodeJS.Signals[], listener: (signal: NodeJS.Signals) => void): () => void {
  for (const signal of signals) process.on(signal, listener);
  return () => {
    for (const signal of signals) process.off(signal, listener);
  };
}

function outputOf(open: () => NodeJS.WriteStream, descriptor: number, gathered: GatheredWrites): HostOutput {
  const isTerminal = isatty(descriptor);
  let opened: NodeJS.WriteStream | undefined;
  const stream = (): NodeJS.WriteStream => {
    opened ??= open();
    return opened;
  };
  return {
    write: (text) => {
      if (isTerminal) stream().write(text);
      else gathered.add(stream(), text);
    },
    writeBytes: (data) =>
      new Promise((resolve) => {
        gathered.flush();
        // A failure is the stream's own error event.
        stream().write(data, () => resolve());
      }),
    drain: () => {
      gathered.flush();
      return opened?.writableNeedDrain === true ? drained(opened) : undefined;
    },
    isTerminal,
    get columns() {
      return isTerminal ? stream().columns : undefined;
    },
    get rows() {
      return isTerminal ? stream().rows : undefined;
    },
  };
}

function ignoreFault(): void {}

/** A stream that ends takes nothing more either. */
function drained(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      stream.off('drain', end).off('close', end);
      resolve();
    };
    stream.on('drain', end).on('close', end);
  });
}
