import { describe, expect, it } from 'vitest';
import { parseRawEnvironmentFile } from '../../../src/source/env-file-raw.ts';

function read(text: string): ReturnType<typeof parseRawEnvironmentFile> {
  return parseRawEnvironmentFile({ name: '/p/e.env', text }, (name) => (name === 'SET' ? 'yes' : undefined));
}

describe('parseRawEnvironmentFile', () => {
  it('takes lines as they are', () => {
    const text = '\ufeff# note\n  A="x" # $V\nB=a=b  \r\nSET\nUNSET\n\nC=\\n\n';
    expect(read(text).entries.map((entry) => [entry.name, entry.value])).toEqual([
      ['A', '"x" # $V'],
      ['B', 'a=b  '],
      ['SET', 'yes'],
      ['C', '\\n'],
    ]);
  });

  it.each([
    ['export X=1', "variable 'export X' contains whitespaces"],
    ['A=1\n=1', "no variable name on line '=1'"],
  ])('refuses %j', (text, message) => {
    expect(read(text).problem?.message).toBe(message);
  });
});
