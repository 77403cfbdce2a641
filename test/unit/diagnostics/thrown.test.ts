import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { errorCode, errorMessage } from '../../../src/diagnostics/thrown.ts';

it('reads errors of every realm', () => {
  const foreign: unknown = runInNewContext("Object.assign(new Error('gone'), { code: 'ENOENT' })");
  expect(foreign).not.toBeInstanceOf(Error);
  expect([errorCode(foreign), errorMessage(foreign)]).toEqual(['ENOENT', 'gone']);
});

it('makes text of what is no error', () => {
  expect([errorCode('x'), errorMessage('x')]).toEqual([undefined, 'x']);
  expect([errorCode(null), errorMessage(null)]).toEqual([undefined, 'null']);
  expect([errorCode({ code: 5 }), errorMessage({ message: 5 })]).toEqual([undefined, '[object Object]']);
});
