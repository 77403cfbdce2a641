import { expect, test } from 'vitest';
import { exitCodeOf } from '../../../src/cli/exit-code-of.ts';
import { TopsailError } from '../../../src/diagnostics/topsail-error.ts';
import { BuildError } from '../../../src/engine/build-error.ts';

test('a step of a build that failed gives its own exit code, everything else 1', () => {
  const step = new BuildError('failed', 'returned a non-zero code: 7', { exitCode: 7 });
  expect(exitCodeOf(new TopsailError('build-failed', 'web', { cause: step }))).toBe(7);
  expect(exitCodeOf(new BuildError('failed', 'no such stage'))).toBe(1);
  expect(exitCodeOf(new Error('other'))).toBe(1);
  expect(exitCodeOf('text')).toBe(1);
});
