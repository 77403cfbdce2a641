import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLogSplitter, type StampedLine } from '../../../src/follow/split-log.ts';

const stamp = '2026-01-31T12:00:00.123456789Z';
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function split(pieces: readonly Uint8Array[]): readonly StampedLine[] {
  const splitter = createLogSplitter();
  return [...pieces.flatMap((piece) => splitter.push(piece)), ...splitter.end()];
}

describe('createLogSplitter', () => {
  it('takes the timestamp off each line', () => {
    expect(split([bytes(`${stamp} one\n${stamp} two words\n`)])).toEqual([
      { timestamp: stamp, text: 'one' },
      { timestamp: stamp, text: 'two words' },
    ]);
  });

  it('gives a line out that the stream ended in the middle of', () => {
    expect(split([bytes(`${stamp} no end`)])).toEqual([{ timestamp: stamp, text: 'no end' }]);
    expect(split([bytes(`${stamp} one\n`)])).toHaveLength(1);
  });

  it('keeps empty lines', () => {
    expect(split([bytes(`${stamp} \n`)])).toEqual([{ timestamp: stamp, text: '' }]);
  });

  it('takes CR LF for one end of line and leaves other carriage returns', () => {
    expect(split([bytes(`${stamp} 10%\r20%\r\n`)]).map(({ text }) => text)).toEqual(['10%\r20%']);
  });

  it('brings other forms of time to UTC with nine digits', () => {
    expect(
      split([bytes('2026-01-31T14:00:00.5+02:00 x\n2026-01-31T12:00:00Z y\n')]).map(({ timestamp }) => timestamp),
    ).toEqual(['2026-01-31T12:00:00.500000000Z', '2026-01-31T12:00:00.000000000Z']);
  });

  it('leaves a line alone that begins with no timestamp', () => {
    expect(split([bytes('plain text\n')])).toEqual([{ timestamp: '', text: 'plain text' }]);
  });

  it('removes the timestamps that engines put into long lines, and only those', () => {
    const long = 'x'.repeat(16 * 1024);
    expect(split([bytes(`${stamp} ${long}${stamp} ${long}${stamp} tail ${stamp} \n`)]).map(({ text }) => text)).toEqual(
      [`${long}${long}tail ${stamp} `],
    );
  });

  it('gives an endless line out in parts', () => {
    const part = 'y'.repeat(600_000);
    const lines = split([bytes(`${stamp} ${part}`), bytes(part), bytes(`${part}\n${stamp} next\n`)]);
    expect(lines.map(({ timestamp }) => timestamp)).toEqual([stamp, stamp, stamp]);
    expect(lines.map(({ text }) => text.length)).toEqual([1_200_000, 600_000, 4]);
  });

  it('gives the same lines however the bytes are cut', () => {
    const lines = fc.array(
      fc.string({ unit: 'grapheme', maxLength: 20 }).filter((text) => !/[\r\n]/.test(text)),
      { minLength: 1, maxLength: 10 },
    );
    fc.assert(
      fc.property(lines, fc.array(fc.nat(400), { maxLength: 10 }), (texts, cuts) => {
        const whole = bytes(texts.map((text) => `${stamp} ${text}\n`).join(''));
        const places = [0, ...cuts.filter((cut) => cut < whole.length).sort((one, other) => one - other), whole.length];
        const pieces = places.slice(1).map((to, at) => whole.subarray(places[at], to));
        expect(split(pieces).map(({ text }) => text)).toEqual(texts);
      }),
    );
  });
});
