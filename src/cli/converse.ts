import { setTimeout as sleep } from 'node:timers/promises';
import type { InteractiveProcess } from '../compose/interactive-process.ts';
import { isEngineError } from '../engine/engine-error.ts';
import { DetachScanner } from './detach-keys.ts';
import { exitCode } from './exit-code.ts';
import type { Session } from './session.ts';

/** How a conversation is held. */
export interface ConversationOptions {
  /** Whether what is typed or piped in goes to the process. */
  readonly input: boolean;
  /** On a terminal, the bytes that end the conversation and leave the process running. */
  readonly detachKeys?: Uint8Array;
  /** Passes a signal on to the process. Without it signals mean this command. */
  readonly forwardSignal?: (signal: NodeJS.Signals) => Promise<void>;
  /** Called once everything listens, such as to start the container. */
  readonly onReady?: () => Promise<void>;
}

const forwardedSignals: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2'];
/** So many Ctrl-C end this command, whatever the process makes of them. */
const insistence = 3;
/** Pauses in milliseconds before a terminal that does not exist yet is given its size once more. */
const sizePauses: readonly number[] = [10, 20, 50, 100, 200, 500, 500, 1000, 1000, 2000, 2000, 4000];

/**
 * Connects a process with the terminal or the streams of this command until its output has ended (`ended`) or the detach keys were
 * pressed (`detached`). The terminal is as it was before, whatever comes. Throws what the output throws.
 */
export async function converse(
  session: Session,
  process: InteractiveProcess,
  options: ConversationOptions,
): Promise<'ended' | 'detached'> {
  const over = new AbortController();
  const giveBack: (() => void)[] = [];
  try {
    await takeOver(session, process, options, { over: over.signal, giveBack });
    await options.onReady?.();
    const output = showOutput(session, process);
    const typed = options.input ? passInput(session, process, options, over.signal) : undefined;
    const detached = new Promise<'detached'>((resolve, reject) => {
      typed?.then((end) => {
        if (end === 'detached') resolve(end);
      }, reject);
    });
    return await Promise.race([output, detached]);
  } finally {
    over.abort();
    for (const back of giveBack.toReversed()) back();
    process.close();
  }
}

/** Raw keys, signals and size; notes what gives each of them back. */
async function takeOver(
  { host, interrupts }: Session,
  process: InteractiveProcess,
  { input, forwardSignal }: ConversationOptions,
  { over, giveBack }: { readonly over: AbortSignal; readonly giveBack: (() => void)[] },
): Promise<void> {
  if (process.terminal && input && host.stdin.isTerminal) giveBack.push(await host.stdin.takeKeys());
  if (process.terminal && host.stdout.isTerminal) {
    const follow = (pauses: readonly number[]): void => void followSize(host.stdout, process, over, pauses);
    giveBack.push(host.onSignal(['SIGWINCH'], () => follow([])));
    follow(sizePauses);
  }
  if (forwardSignal !== undefined) {
    let asked = 0;
    giveBack.push(interrupts.hold());
    giveBack.push(
      host.onSignal(forwardedSignals, (signal) => {
        if (signal === 'SIGINT' || signal === 'SIGTERM') asked += 1;
        if (asked === insistence) host.exit(exitCode.interrupted);
        // A process that has ended takes no signal, which its output tells.
        forwardSignal(signal).catch(() => undefined);
      }),
    );
  }
}

/** Gives the process the size of the terminal; at first its own may not be there yet. */
async function followSize(
  { columns, rows }: { readonly columns?: number | undefined; readonly rows?: number | undefined },
  process: InteractiveProcess,
  signal: AbortSignal,
  pauses: readonly number[],
): Promise<void> {
  if (columns === undefined || rows === undefined || columns === 0 || rows === 0) return;
  for (const pause of [...pauses, undefined]) {
    try {
      await process.resize(columns, rows, { signal });
      return;
    } catch {
      if (pause === undefined || signal.aborted) return;
      await sleep(pause, undefined, { signal }).catch(() => undefined);
    }
  }
}

async function showOutput({ host }: Session, process: InteractiveProcess): Promise<'ended'> {
  for await (const { stream, data } of process.output) await host[stream].writeBytes(data);
  return 'ended';
}

async function passInput(
  { host }: Session,
  process: InteractiveProcess,
  { detachKeys }: ConversationOptions,
  over: AbortSignal,
): Promise<'ended' | 'detached'> {
  const scanner = detachKeys === undefined || !process.terminal ? undefined : new DetachScanner(detachKeys);
  try {
    for await (const piece of host.stdin.read(over)) {
      const { forward, detached } = scanner?.scan(piece) ?? { forward: piece, detached: false };
      if (forward.length > 0) await process.write(forward);
      if (detached) return 'detached';
    }
    if (!over.aborted) await process.end();
  } catch (error) {
    // What is typed for a process that has ended is lost; its output tells if the connection is.
    if (!isEngineError(error)) throw error;
  }
  return 'ended';
}
