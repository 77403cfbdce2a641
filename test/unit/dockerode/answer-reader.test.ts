import { describe, expect, test } from 'vitest';
import { AnswerReader, type ShortAnswer } from '../../../src/dockerode/answer-reader.ts';

interface Reading extends Pick<ShortAnswer, 'statusCode' | 'body'> {
  readonly complete: boolean;
  readonly leavesConnection: boolean;
}

/** Reads the text in pieces of `size` bytes. */
function read(text: string, size: number, method = 'GET'): Reading {
  const reader = new AnswerReader(method);
  const bytes = Buffer.from(text);
  let complete = false;
  for (let start = 0; start < bytes.length; start += size) complete = reader.take(bytes.subarray(start, start + size));
  const { statusCode, body } = reader.answer();
  return { complete, statusCode, body, leavesConnection: reader.leavesConnection };
}

const sized = 'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 7\r\n\r\nz\u00fcrich';
const chunked =
  'HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n4;a=b\r\nz\u00fcr\r\nA\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\n';

describe('an answer is the same however it was cut', () => {
  test.each([1, 2, 3, 7, 1000])('into pieces of %i bytes', (size) => {
    expect(read(sized, size)).toEqual({ complete: true, statusCode: 200, body: 'zürich', leavesConnection: true });
    expect(read(chunked, size)).toEqual({
      complete: true,
      statusCode: 201,
      body: 'zür0123456789',
      leavesConnection: true,
    });
  });
});

test.each([
  ['a HEAD', 'HEAD', 'HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n', 200],
  ['204', 'DELETE', 'HTTP/1.1 204 No Content\r\n\r\n', 204],
  ['304', 'POST', 'HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\n\r\n', 304],
  ['an interim answer', 'GET', 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n', 200],
])('%s has no body', (_name, method, text, statusCode) => {
  expect(read(text, 1000, method)).toEqual({ complete: true, statusCode, body: '', leavesConnection: true });
});

test('names of headers are read in any letters', () => {
  const reader = new AnswerReader('HEAD');
  reader.take(Buffer.from('HTTP/1.1 200 OK\r\nApi-Version: 1.51\r\nOSTYPE:linux\r\n\r\n'));
  expect(Object.fromEntries(reader.answer().headers)).toEqual({ 'api-version': '1.51', ostype: 'linux' });
});

test('a body without a length ends with the connection', () => {
  const reader = new AnswerReader('GET');
  expect(reader.take(Buffer.from('HTTP/1.1 500 No\r\n\r\nbroken'))).toBe(false);
  expect(reader.takeEnd()).toBe(true);
  expect(reader.answer()).toMatchObject({ statusCode: 500, body: 'broken' });
  expect(reader.leavesConnection).toBe(false);
});

test('a connection that ends within a head or a counted body leaves the answer incomplete', () => {
  for (const text of ['', 'HTTP/1.1 200 OK\r\nCon', sized.slice(0, -1), chunked.slice(0, -3)]) {
    const reader = new AnswerReader('GET');
    reader.take(Buffer.from(text));
    expect(reader.takeEnd()).toBe(false);
  }
});

test.each([
  ['asks to close', 'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n'],
  ['is of HTTP/1.0', 'HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n'],
  ['goes on after its end', 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nmore'],
])('an answer that %s leaves no connection', (_name, text) => {
  expect(read(text, 1000)).toMatchObject({ complete: true, leavesConnection: false });
});

test.each([
  ['SSH-2.0-OpenSSH\r\n\r\n', 'does not speak HTTP'],
  ['HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n', 'cannot be -1 bytes long'],
  ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n', 'cannot be xyz bytes long'],
  [`HTTP/1.1 200 OK\r\nA: ${'x'.repeat(70_000)}`, 'has no end'],
])('what is no answer is refused', (text, words) => {
  expect(() => read(text, 1000)).toThrow(words);
});
