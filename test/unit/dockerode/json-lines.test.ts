import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonLines } from '../../../src/dockerode/json-lines.ts';

async function* cut(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array, void, undefined> {
  let offset = 0;
  for (let index = 0; offset < bytes.length; index += 1) {
    const size = sizes[index % sizes.length] ?? 1;
    yield bytes.subarray(offset, offset + size);
    offset += size;
  }
}

async function all(values: AsyncIterable<unknown>): Promise<unknown[]> {
  const seen: unknown[] = [];
  for await (const value of values) seen.push(value);
  return seen;
}

describe('jsonLines', () => {
  test('gives the same values however the bytes were cut', async () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 8 });
    const law = fc.asyncProperty(fc.array(fc.jsonValue()), sizes, fc.boolean(), async (values, cuts, lastNewline) => {
      const text = values.map((value) => JSON.stringify(value)).join('\r\n') + (lastNewline ? '\n' : '');
      const expected: unknown[] = values.map((value) => JSON.parse(JSON.stringify(value)));
      expect(await all(jsonLines(cut(Buffer.from(text), cuts)))).toEqual(expected);
    });
    await fc.assert(law);
  });

  test('empty lines are nothing', async () => {
    expect(await all(jsonLines(cut(Buffer.from('\n\n{"a":1}\n\n'), [3])))).toEqual([{ a: 1 }]);
  });

  test('a line that is not JSON is shown in the error', async () => {
    await expect(all(jsonLines(cut(Buffer.from('{}\n<html>\n'), [4])))).rejects.toThrow(
      'the engine sent a line that is not JSON: <html>',
    );
  });
});
