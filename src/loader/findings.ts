import type { Diagnostic } from '../diagnostics/diagnostic.ts';

/** The diagnostics of one load, in the order they were found; repeats are kept once. */
export class Findings {
  readonly #diagnostics: Diagnostic[] = [];
  readonly #seen = new Set<string>();
  #errors = 0;

  /** Adds diagnostics unless the same one, at the same place, is there already. */
  add(...diagnostics: readonly Diagnostic[]): void {
    for (const diagnostic of diagnostics) {
      const { code, message, path, range } = diagnostic;
      const identity = [code, message, path, range?.file, range?.start.offset].join('\n');
      if (this.#seen.has(identity)) continue;
      this.#seen.add(identity);
      this.#diagnostics.push(diagnostic);
      if (diagnostic.severity === 'error') this.#errors += 1;
    }
  }

  /** Adds one diagnostic per topic; later ones of the topic are not even made. */
  addOnce(topic: string, make: () => Diagnostic): void {
    if (this.#seen.has(topic)) return;
    this.#seen.add(topic);
    this.add(make());
  }

  /** How many errors there are so far. */
  get errors(): number {
    return this.#errors;
  }

  /** Whether there is an error. */
  get failed(): boolean {
    return this.#errors > 0;
  }

  /** Everything found so far. */
  get diagnostics(): readonly Diagnostic[] {
    return this.#diagnostics;
  }
}
