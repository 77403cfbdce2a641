import { TopsailError } from '../diagnostics/topsail-error.ts';
import { awaitExits, type FirstExit } from '../follow/await-exits.ts';
import type { ComposePorts } from './ports.ts';
import type { ProjectReference } from './project-reference.ts';

/** What `wait` may be told. */
export interface WaitOptions {
  readonly services: readonly string[];
  /** Ends the wait; the call then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Told of each exit as it happens. */
  readonly onExit?: (exit: FirstExit) => void;
}

/**
 * Waits until every container of these services that runs now has exited once, and gives the exit code of the last one.
 * Throws `no-container-to-wait-for` if none runs, and EngineError.
 */
export async function wait(
  ports: ComposePorts,
  { name }: ProjectReference,
  { services, signal = new AbortController().signal, onExit }: WaitOptions,
): Promise<number> {
  let last: FirstExit | undefined;
  for await (const exit of awaitExits(ports, { project: name, services }, signal)) {
    last = exit;
    onExit?.(exit);
  }
  if (last !== undefined) return last.exitCode;
  throw new TopsailError('no-container-to-wait-for', `no containers for project ${JSON.stringify(name)}`);
}
