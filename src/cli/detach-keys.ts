import { usageError } from './usage-error.ts';

/** What ends a session on a terminal and leaves the process running, unless the user chose other keys. */
export const defaultDetachKeys = 'ctrl-p,ctrl-q';

/**
 * The bytes of keys as a Docker client's configuration names them: single characters and `ctrl-X`, separated by commas. Throws a
 * usage error for a key that there is not.
 */
export function parseDetachKeys(text: string): Uint8Array {
  return Uint8Array.from(text.split(','), keyByte);
}

function keyByte(name: string): number {
  if (/^[\x20-\x7e]$/.test(name)) return name.charCodeAt(0);
  const letter = /^ctrl-([a-z@[\\\]^_])$/i.exec(name)?.[1]?.toUpperCase();
  if (letter === undefined) throw usageError(`invalid detach keys: unknown key ${JSON.stringify(name)}`);
  return letter.charCodeAt(0) - 64;
}

/** What of the typed bytes goes to the process. */
export interface ScannedInput {
  readonly forward: Uint8Array;
  /** The keys were pressed; what was typed after them is dropped. */
  readonly detached: boolean;
}

/** Looks for the keys in what is typed. The beginning of a sequence is held back until it is clear what comes of it. */
export class DetachScanner {
  readonly #keys: Uint8Array;
  /** How many of the keys have come. */
  #matched = 0;

  constructor(keys: Uint8Array) {
    this.#keys = keys;
  }

  scan(piece: Uint8Array): ScannedInput {
    const forward: number[] = [];
    for (const byte of piece) {
      while (this.#matched > 0 && byte !== this.#keys[this.#matched]) forward.push(...this.#giveUp());
      if (byte !== this.#keys[this.#matched]) forward.push(byte);
      else this.#matched += 1;
      if (this.#matched === this.#keys.length) return { forward: Uint8Array.from(forward), detached: true };
    }
    return { forward: Uint8Array.from(forward), detached: false };
  }

  /** Another key came: the longest end of what has come that is a beginning of the keys stays, the rest is typed text. */
  #giveUp(): Uint8Array {
    const held = this.#keys.subarray(0, this.#matched);
    let kept = this.#matched - 1;
    while (kept > 0 && !held.subarray(this.#matched - kept).every((byte, index) => byte === held[index])) kept -= 1;
    const typed = held.subarray(0, this.#matched - kept);
    this.#matched = kept;
    return typed;
  }
}
