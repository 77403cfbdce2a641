import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { demux } from '../../../src/dockerode/demux.ts';
import type { OutputChunk } from '../../../src/engine/engine.ts';

function frame(stream: number, data: Uint8Array): Buffer {
  const header = Buffer.alloc(8);
  header[0] = stream;
  header.writeUInt32BE(data.length, 4);
  return Buffer.concat([header, data]);
}

async function* cut(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array, void, undefined> {
  let offset = 0;
  for (let index = 0; offset < bytes.length; index += 1) {
    const size = sizes[index % sizes.length] ?? 1;
    yield bytes.subarray(offset, offset + size);
    offset += size;
  }
}

async function all(chunks: AsyncIterable<OutputChunk>): Promise<string[]> {
  const seen: string[] = [];
  for await (const { stream, data } of chunks) seen.push(`${stream}:${Buffer.from(data).toString('latin1')}`);
  return seen;
}

/** The output of each stream as long as the other one says nothing: frames that come together are one chunk. */
function inTurn(chunks: readonly string[]): readonly string[] {
  const turns: string[] = [];
  for (const chunk of chunks) {
    const before = turns.at(-1) ?? '';
    if (before.startsWith(chunk.slice(0, 7))) turns[turns.length - 1] = before + chunk.slice(7);
    else turns.push(chunk);
  }
  return turns;
}

const text = (content: string): Buffer => Buffer.from(content, 'latin1');

describe('demux', () => {
  test('gives what the frames hold in order however the bytes were cut', async () => {
    const frames = fc.array(fc.tuple(fc.constantFrom(1, 2), fc.uint8Array({ minLength: 1, maxLength: 40 })));
    const sizes = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 8 });
    const law = fc.asyncProperty(frames, sizes, async (list, cuts) => {
      const bytes = Buffer.concat(list.map(([stream, data]) => frame(stream, data)));
      const expected = list.map(
        ([stream, data]) => `${stream === 1 ? 'stdout' : 'stderr'}:${Buffer.from(data).toString('latin1')}`,
      );
      expect(inTurn(await all(demux(cut(bytes, cuts))))).toEqual(inTurn(expected));
    });
    await fc.assert(law);
  });

  test('a hundred thousand frames of one byte need no deep stack', async () => {
    const bytes = Buffer.concat(Array.from({ length: 100_000 }, () => frame(1, text('x'))));
    let count = 0;
    for await (const chunk of demux(cut(bytes, [65_536]))) count += chunk.data.length;
    expect(count).toBe(100_000);
  });

  test('a frame without bytes is nothing', async () => {
    const bytes = Buffer.concat([frame(1, text('')), frame(2, text('a'))]);
    expect(await all(demux(cut(bytes, [5])))).toEqual(['stderr:a']);
  });

  test('a very long frame comes in pieces', async () => {
    const long = Buffer.alloc(5 << 20, 'a');
    const chunks: OutputChunk[] = [];
    for await (const chunk of demux(cut(Buffer.concat([frame(2, long), frame(1, text('end'))]), [1 << 21])))
      chunks.push(chunk);
    expect(chunks.length).toBeGreaterThan(2);
    expect(chunks.slice(0, -1).every(({ stream }) => stream === 'stderr')).toBe(true);
    expect(Buffer.concat(chunks.map(({ data }) => data)).equals(Buffer.concat([long, text('end')]))).toBe(true);
  });

  test('what does not begin with a frame was never multiplexed', async () => {
    const plain = await all(demux(cut(text('hello, this is plain'), [4])));
    expect(plain.map((chunk) => chunk.replace('stdout:', '')).join('')).toBe('hello, this is plain');
    expect(await all(demux(cut(text('short'), [2])))).toEqual(['stdout:short']);
  });

  test('a broken frame after a good one is an error', async () => {
    const bytes = Buffer.concat([frame(1, text('good')), text('not a frame')]);
    await expect(all(demux(cut(bytes, [64])))).rejects.toMatchObject({ kind: 'server' });
  });

  test("the engine's own failure is thrown", async () => {
    await expect(all(demux(cut(frame(3, text('log driver gone\n')), [64])))).rejects.toThrow('log driver gone');
  });

  test('reads on only when asked', async () => {
    let read = 0;
    async function* source(): AsyncGenerator<Uint8Array, void, undefined> {
      for (;;) {
        read += 1;
        yield frame(1, text('x'));
      }
    }
    const chunks = demux(source());
    await chunks.next();
    await chunks.next();
    expect(read).toBe(2);
    await chunks.return();
  });
});
