import { expect, test } from 'vitest';
import { frameMessage, readMessages } from '../../../src/buildkit/grpc-frames.ts';

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let offset = 0; offset < bytes.length; offset += size) yield bytes.subarray(offset, offset + size);
}

async function texts(pieces: AsyncIterable<Uint8Array>): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const message of readMessages(pieces)) found.push(Buffer.from(message).toString());
  return found;
}

test.each([1, 2, 3, 7, 1000])('messages are found whatever the cut, in pieces of %d bytes', async (size) => {
  const bytes = Buffer.concat(['one', '', 'three'].map((text) => frameMessage(Buffer.from(text))));
  expect(await texts(inPieces(bytes, size))).toEqual(['one', '', 'three']);
});

test('a message is framed from its parts', async () => {
  expect(await texts(inPieces(frameMessage(Buffer.from('he'), Buffer.from('ad')), 100))).toEqual(['head']);
});

test('a compressed message and one of gigabytes are refused', async () => {
  await expect(texts(inPieces(Buffer.from([1, 0, 0, 0, 1, 0]), 100))).rejects.toThrow('compressed');
  await expect(texts(inPieces(Buffer.from([0, 255, 0, 0, 0, 0]), 100))).rejects.toThrow(RangeError);
});
