import { expect, test } from 'vitest';
import { decodeMessage, MalformedMessage } from '../../../src/buildkit/protobuf-reader.ts';
import {
  bytesField,
  encodeMessage,
  encodeVarint,
  numberField,
  textField,
  textMapField,
  textsField,
} from '../../../src/buildkit/protobuf-writer.ts';

test('what is written is read again, field by field', () => {
  const bytes = encodeMessage(
    textField(1, 'name'),
    textsField(2, ['a', '', 'ü']),
    numberField(3, 300),
    numberField(4, true),
    textMapField(5, { 'build-arg:A': '1', __proto__x: '2' }),
    bytesField(20, encodeMessage(numberField(1, 7))),
  );
  const message = decodeMessage(bytes);
  expect(message.text(1)).toBe('name');
  expect(message.texts(2)).toEqual(['a', '', 'ü']);
  expect(message.number(3)).toBe(300);
  expect(message.flag(4)).toBe(true);
  expect({ ...message.textMap(5) }).toEqual({ 'build-arg:A': '1', __proto__x: '2' });
  expect(message.message(20)?.number(1)).toBe(7);
  expect([message.text(9), message.number(9), message.message(9)]).toEqual(['', 0, undefined]);
});

test.each([0, 1, 127, 128, 300, 2 ** 31, 2 ** 49, 2 ** 52 + 1, -1])('the number %d survives', (value) => {
  expect(decodeMessage(numberField(1, value)).number(1)).toBe(value);
});

test('nanoseconds since the epoch are written without loss', () => {
  const digits = [...encodeVarint(1_700_000_000_123_456_789n)].map((byte) => BigInt(byte % 128));
  expect(digits.reduceRight((sum, digit) => sum * 128n + digit, 0n)).toBe(1_700_000_000_123_456_789n);
});

test.each([
  ['cut short', Buffer.from([0x0a, 0x05, 0x61])],
  ['without an end of its number', Buffer.from([0x08, 0x80])],
  ['of a number too long', Buffer.from([0x08, ...Array<number>(11).fill(0xff)])],
  ['of an unknown wire type', Buffer.from([0x0b])],
])('a message %s is malformed', (_, bytes) => {
  expect(() => decodeMessage(bytes)).toThrow(MalformedMessage);
});
