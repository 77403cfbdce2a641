import { expect, test } from 'vitest';
import { type GatheredWrites, gatherWrites } from '../../../src/cli/gather-writes.ts';

interface Rig {
  readonly writes: GatheredWrites;
  readonly out: { write(text: string): void };
  readonly err: { write(text: string): void };
  readonly written: readonly string[];
  /** Ends the moment. */
  readonly pass: () => void;
}

function rig(): Rig {
  const written: string[] = [];
  const waiting: (() => void)[] = [];
  const target = (name: string): Rig['out'] => ({ write: (text) => void written.push(`${name} ${text}`) });
  return {
    writes: gatherWrites((flush) => void waiting.push(flush)),
    out: target('out'),
    err: target('err'),
    written,
    pass: () => {
      for (const flush of waiting.splice(0)) flush();
    },
  };
}

test('texts of one moment are one write, those of the next another', () => {
  const { writes, err, written, pass } = rig();
  for (const text of ['a\n', 'b\n', 'c\n']) writes.add(err, text);
  expect(written).toEqual([]);
  pass();
  writes.add(err, 'd\n');
  pass();
  expect(written).toEqual(['err a\nb\nc\n', 'err d\n']);
});

test('texts for several streams keep their order', () => {
  const { writes, out, err, written, pass } = rig();
  writes.add(out, '1');
  writes.add(out, '2');
  writes.add(err, '3');
  writes.add(out, '4');
  pass();
  expect(written).toEqual(['out 12', 'err 3', 'out 4']);
});

test('a flush hands on at once and nothing twice', () => {
  const { writes, out, written, pass } = rig();
  writes.add(out, 'a');
  writes.flush();
  writes.flush();
  pass();
  expect(written).toEqual(['out a']);
});
