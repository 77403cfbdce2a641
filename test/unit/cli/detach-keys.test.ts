import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DetachScanner, defaultDetachKeys, parseDetachKeys } from '../../../src/cli/detach-keys.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (data: Uint8Array): string => new TextDecoder().decode(data);

/** What reaches the process of pieces that are typed one after the other. */
function typed(keys: string, pieces: readonly string[]): { readonly forward: string; readonly detached: boolean } {
  const scanner = new DetachScanner(parseDetachKeys(keys));
  let forward = '';
  for (const piece of pieces) {
    const scanned = scanner.scan(bytes(piece));
    forward += text(scanned.forward);
    if (scanned.detached) return { forward, detached: true };
  }
  return { forward, detached: false };
}

describe('parseDetachKeys', () => {
  test('reads characters and control keys', () => {
    expect([...parseDetachKeys(defaultDetachKeys)]).toEqual([16, 17]);
    expect([...parseDetachKeys('a,ctrl-@,ctrl-[,ctrl-_')]).toEqual([97, 0, 27, 31]);
  });

  test('refuses a key that there is not', () => {
    expect(() => parseDetachKeys('ctrl-p,alt-x')).toThrow('invalid detach keys: unknown key "alt-x"');
    expect(() => parseDetachKeys('')).toThrow('unknown key ""');
  });
});

describe('DetachScanner', () => {
  test('finds the keys in one piece and in several', () => {
    expect(typed('ctrl-p,ctrl-q', ['ls\x10\x11rest'])).toEqual({ forward: 'ls', detached: true });
    expect(typed('ctrl-p,ctrl-q', ['ls\x10', '\x11'])).toEqual({ forward: 'ls', detached: true });
  });

  test('a beginning that comes to nothing is typed after all, once', () => {
    expect(typed('ctrl-p,ctrl-q', ['\x10', 'a'])).toEqual({ forward: '\x10a', detached: false });
    expect(typed('ctrl-p,ctrl-q', ['\x10\x10', '\x11'])).toEqual({ forward: '\x10', detached: true });
    expect(typed('a,a,b', ['aaa', 'b'])).toEqual({ forward: 'a', detached: true });
  });

  test('whatever is typed arrives up to the keys, in any pieces', () => {
    const letters = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 4 }), { maxLength: 8 });
    fc.assert(
      fc.property(letters, fc.constantFrom('a,b', 'a,a,b', 'a,b,a,c', 'c'), (pieces, keys) => {
        const sequence = keys.replaceAll(',', '');
        const whole = pieces.join('');
        const at = whole.indexOf(sequence);
        const { forward, detached } = typed(keys, pieces);
        expect(detached).toBe(at >= 0);
        if (at >= 0) expect(forward).toBe(whole.slice(0, at));
        else expect(whole.startsWith(forward)).toBe(true);
        if (at < 0) expect(sequence.startsWith(whole.slice(forward.length))).toBe(true);
      }),
    );
  });
});
