import type { StackSource } from '../source-of.ts';
import type { Stack } from '../stack.ts';
import { type StackOptions, upAny } from '../up.ts';
import { reportFailedStart } from './report-failure.ts';

/** Brings a stack up; a failed start is told where GitHub Actions shows it, too. Throws as `up`. */
export async function beginReported(source: StackSource, options: StackOptions | undefined): Promise<Stack> {
  try {
    return await upAny(source, options);
  } catch (error) {
    reportFailedStart(error);
    throw error;
  }
}
