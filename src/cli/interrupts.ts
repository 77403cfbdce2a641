import { TopsailError } from '../diagnostics/topsail-error.ts';
import { exitCode } from './exit-code.ts';
import type { Host } from './host.ts';

/** Ctrl-C and SIGTERM: the first one aborts `signal`, the second one ends the process at once. */
export interface Interrupts {
  readonly signal: AbortSignal;
  readonly interrupted: () => boolean;
  /** Stops listening. */
  readonly release: () => void;
}

/** Listens for interrupts until released. */
export function listenForInterrupts(host: Host): Interrupts {
  const controller = new AbortController();
  const release = host.onInterrupt(() => {
    if (controller.signal.aborted) host.exit(exitCode.interrupted);
    else controller.abort(new TopsailError('interrupted', 'interrupted', { origin: 'aborted' }));
  });
  return { signal: controller.signal, interrupted: () => controller.signal.aborted, release };
}
