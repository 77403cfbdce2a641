import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { SourceRange } from '../diagnostics/source-range.ts';

/** The diagnostics of one load, in the order they were found; repeats are kept once. */
export class Findings {
  readonly #diagnostics: Diagnostic[] = [];
  readonly #topics = new Map<string, number>();
  readonly #seen = new Set<string>();
  readonly #errorPlaces = new Set<string>();
  readonly #incomplete = new Set<string>();
  readonly #unknownDefinitions = new Set<string>();
  readonly #pruned = new Set<string>();
  /** The keys of what was taken out, by what it was taken out of. */
  readonly #prunedMembers = new Map<string, string[]>();
  #errors = 0;

  /** Adds diagnostics unless the same one, at the same place, is there already. */
  add(...diagnostics: readonly Diagnostic[]): void {
    for (const diagnostic of diagnostics) {
      const { code, message, path, range } = diagnostic;
      const identity = [code, message, path, range?.file, range?.start.offset].join('\n');
      if (this.#seen.has(identity)) continue;
      this.#seen.add(identity);
      this.#diagnostics.push(diagnostic);
      if (diagnostic.severity !== 'error') continue;
      this.#errors += 1;
      if (range !== undefined) this.#errorPlaces.add(placeOf(range));
    }
  }

  /** Adds one diagnostic per topic; later ones of the topic are not even made. */
  addOnce(topic: string, make: () => Diagnostic): void {
    if (this.#seen.has(topic)) return;
    this.#seen.add(topic);
    this.#topics.set(topic, this.#diagnostics.length);
    this.add(make());
  }

  /** Notes that a faulty value was taken out of the model at these keys from the top. */
  notePruned(path: readonly string[]): void {
    for (let length = 1; length < path.length; length += 1) this.#incomplete.add(path.slice(0, length).join('\n'));
    this.#pruned.add(path.join('\n'));
    const above = path.slice(0, -1).join('\n');
    const members = this.#prunedMembers.get(above);
    const key = path.at(-1) ?? '';
    if (members === undefined) this.#prunedMembers.set(above, [key]);
    else members.push(key);
  }

  /** Notes that names may be defined in this section by what could not be read. */
  noteUnknownDefinitions(section: string): void {
    this.#unknownDefinitions.add(section);
  }

  /** Whether a name that is not in a section may have been meant to be. */
  mayBeDefined(section: string, name: string): boolean {
    return this.#unknownDefinitions.has(section) || this.isPruned(section, name);
  }

  /** Whether something was taken out here or above. */
  isPruned(...path: readonly string[]): boolean {
    if (this.#pruned.size === 0) return false;
    return path.some((_, index) => this.#pruned.has(path.slice(0, index + 1).join('\n')));
  }

  /** Whether something was taken out here, above, or inside of what is here. */
  isIncomplete(...path: readonly string[]): boolean {
    return this.isPruned(...path) || this.#incomplete.has(path.join('\n'));
  }

  /** The members that were taken out of a mapping. */
  prunedIn(...path: readonly string[]): readonly string[] {
    return this.#prunedMembers.get(path.join('\n')) ?? [];
  }

  /** Whether an error points at exactly this place. */
  hasErrorAt(range: SourceRange | undefined): boolean {
    return range !== undefined && this.#errorPlaces.has(placeOf(range));
  }

  /** Changes the diagnostic of a topic, if there is one. */
  amend(topic: string, change: (diagnostic: Diagnostic) => Diagnostic): void {
    const index = this.#topics.get(topic);
    const known = index === undefined ? undefined : this.#diagnostics[index];
    if (index !== undefined && known !== undefined) this.#diagnostics[index] = change(known);
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

function placeOf({ file, start, end }: SourceRange): string {
  return `${file}\n${String(start.offset)}\n${String(end.offset)}`;
}
