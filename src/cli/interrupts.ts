import { TopsailError } from '../diagnostics/topsail-error.ts';
import { exitCode } from './exit-code.ts';
import type { Host } from './host.ts';

/** Ctrl-C and SIGTERM: the first one aborts `signal`, the second one ends the process at once unless somebody takes it. */
export interface Interrupts {
  readonly signal: AbortSignal;
  readonly interrupted: () => boolean;
  /** Counts as Ctrl-C: of a key that a terminal in raw mode hands on. */
  readonly interrupt: () => void;
  /** Leaves the signals to whoever asks, until the returned function is called. */
  readonly hold: () => () => void;
  /** Tells the second interrupt, so that only a third one ends the process, until the returned function is called. */
  readonly takeSecond: (listener: () => void) => () => void;
  /** Stops listening. */
  readonly release: () => void;
}

/** Listens for interrupts until released. */
export function listenForInterrupts(host: Host): Interrupts {
  const controller = new AbortController();
  let holders = 0;
  let second: (() => void) | undefined;
  const interrupt = (): void => {
    if (holders > 0) return;
    if (controller.signal.aborted) {
      const listener = second;
      second = undefined;
      if (listener === undefined) host.exit(exitCode.interrupted);
      else listener();
    } else controller.abort(new TopsailError('interrupted', 'interrupted', { origin: 'aborted' }));
  };
  const release = host.onInterrupt(interrupt);
  const hold = (): (() => void) => {
    holders += 1;
    return () => {
      holders -= 1;
    };
  };
  const takeSecond = (listener: () => void): (() => void) => {
    second = listener;
    return () => {
      second = undefined;
    };
  };
  return {
    signal: controller.signal,
    interrupted: () => controller.signal.aborted,
    interrupt,
    hold,
    takeSecond,
    release,
  };
}
