import { expect, it } from 'vitest';
import { TopsailError } from '../../../src/diagnostics/topsail-error.ts';
import { wholeDiagnosis, withWholeDiagnosis } from '../../../src/testing/whole-diagnosis.ts';

it('has the details and the causes of an error in its message, and the error as its cause', async () => {
  const cause = new Error('no route');
  const error = new TopsailError('wait-timeout', 'service "db" timed out', { details: ['last log line'], cause });
  const thrown: unknown = await withWholeDiagnosis(() => Promise.reject(error)).catch((reason: unknown) => reason);
  expect(thrown).toMatchObject({
    code: 'wait-timeout',
    message: 'service "db" timed out\n  last log line\n  caused by: no route',
    details: ['last log line'],
    cause: error,
  });
});

it('leaves what has no more to say, and what is no error of ours, as it is', async () => {
  const short = new TopsailError('wait-timeout', 'service "db" timed out');
  expect(wholeDiagnosis(short)).toBe(short);
  const drawn = new TopsailError('schema', 'line one\nline two', { details: ['line two'] });
  expect(wholeDiagnosis(drawn)).toBe(drawn);
  const other = new Error('enough');
  expect(wholeDiagnosis(other)).toBe(other);
  expect(await withWholeDiagnosis(() => Promise.resolve(7))).toBe(7);
});
