import { TopsailError } from '../diagnostics/topsail-error.ts';
import { exitCode } from './exit-code.ts';
import type { Host } from './host.ts';

/** Ctrl-C and SIGTERM: the first one aborts `signal`, the second one ends the process at once. */
export interface Interrupts {
  readonly signal: AbortSignal;
  readonly interrupted: () => boolean;
  /** Leaves the signals to whoever asks, until the returned function is called. */
  readonly hold: () => () => void;
  /** Stops listening. */
  readonly release: () => void;
}

/** Listens for interrupts until released. */
export function listenForInterrupts(host: Host): Interrupts {
  const controller = new AbortController();
  let holders = 0;
  const release = host.onInterrupt(() => {
    if (holders > 0) return;
    if (controller.signal.aborted) host.exit(exitCode.interrupted);
    else controller.abort(new TopsailError('interrupted', 'interrupted', { origin: 'aborted' }));
  });
  const hold = (): (() => void) => {
    holders += 1;
    return () => {
      holders -= 1;
    };
  };
  return { signal: controller.signal, interrupted: () => controller.signal.aborted, hold, release };
}
