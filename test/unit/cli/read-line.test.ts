import { PassThrough, Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { readLine } from '../../../src/cli/read-line.ts';

const never = new AbortController().signal;

describe('readLine', () => {
  test('leaves what follows the line to the next reader', async () => {
    const input = new PassThrough();
    input.end('y\r\nno\nrest');
    expect(await readLine(input, never)).toBe('y');
    expect(await readLine(input, never)).toBe('no');
    expect(await readLine(input, never)).toBe('rest');
    expect(await readLine(input, never)).toBe('');
  });

  test('waits for the end of a line that comes in pieces', async () => {
    const input = new PassThrough();
    const line = readLine(input, never);
    for (const piece of ['y', 'e', 's\n']) input.write(piece);
    expect(await line).toBe('yes');
    const next = readLine(input, never);
    input.write('again\n');
    expect(await next).toBe('again');
  });

  test('an input that ends, fails or is over gives what came', async () => {
    expect(await readLine(Readable.from([]), never)).toBe('');
    const failing = new PassThrough();
    failing.write('half');
    const line = readLine(failing, never);
    setImmediate(() => failing.destroy(new Error('gone')));
    expect(await line).toBe('half');
    expect(await readLine(failing, never)).toBe('');
  });

  test('an abort ends the wait', async () => {
    const abort = new AbortController();
    const line = readLine(new PassThrough(), abort.signal);
    abort.abort();
    expect(await line).toBe('');
  });
});
