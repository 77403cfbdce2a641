import { expect } from 'vitest';
import type { CommandResult } from './topsail-process.ts';

/** What a failed command says after its progress. */
export interface FailureReport {
  /** The first line: who failed and why. */
  readonly first: string;
  /** The lines below it. */
  readonly details: string;
}

/** The report of a command that had to fail with exit code 1, without a word of our own insides. */
export function failureReport({ exitCode, stderr }: CommandResult): FailureReport {
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 1 });
  expect(stderr).not.toMatch(/\n\s+at \S+ \(|node:internal|undefined|\[object/);
  const lines = stderr.split('\n');
  const start = lines.findIndex((line) => line !== '' && !line.startsWith(' '));
  return { first: lines[start] ?? '', details: lines.slice(start + 1).join('\n') };
}
