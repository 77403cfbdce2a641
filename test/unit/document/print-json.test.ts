import { expect, test } from 'vitest';
import { printJson } from '../../../src/document/print-json.ts';

test('characters that mean something in HTML are escaped, as Go does', () => {
  const value = { port: '0.0.0.0:80->80/tcp', text: 'a<b>&c\u2028' };
  const text = printJson(value);
  expect(text).toBe(String.raw`{"port":"0.0.0.0:80-\u003e80/tcp","text":"a\u003cb\u003e\u0026c\u2028"}`);
  expect(JSON.parse(text)).toEqual(value);
});

test('levels are indented on request', () => {
  expect(printJson({ a: ['&'] }, 2)).toBe('{\n  "a": [\n    "\\u0026"\n  ]\n}');
});
