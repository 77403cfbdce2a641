import type { StackSource } from '../source-of.ts';
import type { Stack } from '../stack.ts';
import type { StackOf } from '../stack-of.ts';
import type { StackOptions } from '../up.ts';
import { beginReported } from './begin-reported.ts';
import { reportFailure } from './report-failure.ts';

/** What of a test's context of `node:test` is used. */
export interface NodeTestContext {
  readonly name: string;
  /** From Node 20.12 on. */
  readonly passed?: boolean;
  after(work: () => Promise<void>): void;
}

/** A stack for one test or suite of `node:test`, which ends with it. What a failed test leaves to read is saved. Throws as `up`. */
export function useStack<const Source extends StackSource>(
  context: NodeTestContext,
  source: Source,
  options?: StackOptions,
): Promise<StackOf<Source>>;
export async function useStack(context: NodeTestContext, source: StackSource, options?: StackOptions): Promise<Stack> {
  const stack = await beginReported(source, options);
  context.after(async () => {
    try {
      if (context.passed === false) await reportFailure(stack, context.name);
    } finally {
      await stack.down();
    }
  });
  return stack;
}
