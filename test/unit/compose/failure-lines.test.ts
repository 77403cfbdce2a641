import { expect, it } from 'vitest';
import { failureLines } from '../../../src/compose/failure-lines.ts';
import { TopsailError } from '../../../src/diagnostics/topsail-error.ts';

it('gives details, then each cause that says something new', () => {
  const deepest = new Error('connection refused');
  const cause = new Error('the engine does not answer', { cause: deepest });
  const error = new TopsailError('operation-failed', 'web could not be started', { details: ['exit code 1'], cause });
  expect(failureLines(error)).toEqual([
    'exit code 1',
    'caused by: the engine does not answer',
    'caused by: connection refused',
  ]);
  const same = new TopsailError('operation-failed', 'no: connection refused', { cause: deepest });
  expect(failureLines(same)).toEqual([]);
});
