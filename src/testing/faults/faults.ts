import type { ComposePorts } from '../../compose/ports.ts';

/** What undoes a fault. */
export type Undo = (signal: AbortSignal) => Promise<void>;

/** The faults that were brought into a stack and not undone yet. */
export class Faults {
  readonly #undos = new Map<string, Undo>();

  /** Whether this fault is there. */
  has(fault: string): boolean {
    return this.#undos.has(fault);
  }

  /** Brings a fault in, once: the first one's undo counts. */
  async bring(fault: string, work: () => Promise<Undo>): Promise<void> {
    const undo = await work();
    if (!this.#undos.has(fault)) this.#undos.set(fault, undo);
  }

  /** Undoes one fault; nothing if it is not there. */
  async undo(fault: string, signal: AbortSignal): Promise<void> {
    const undo = this.#undos.get(fault);
    this.#undos.delete(fault);
    await undo?.(signal);
  }

  /** Undoes all, the latest first. What fails does not keep the others; the first error is thrown at the end. */
  async heal(signal: AbortSignal): Promise<void> {
    const errors: unknown[] = [];
    for (const fault of [...this.#undos.keys()].toReversed()) {
      await this.undo(fault, signal).catch((error: unknown) => errors.push(error));
    }
    if (errors.length > 0) throw errors[0];
  }
}

/** What faults work with. */
export type FaultPorts = Pick<ComposePorts, 'engine'>;
