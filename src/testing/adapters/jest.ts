import type { StackSource } from '../source-of.ts';
import type { Stack } from '../stack.ts';
import type { StackOf } from '../stack-of.ts';
import type { StackOptions } from '../up.ts';
import { beginReported } from './begin-reported.ts';
import { reportFailure } from './report-failure.ts';

/** The functions of Jest that are used; those of `@jest/globals`, or the global ones. */
export interface JestFunctions {
  readonly beforeAll: (work: () => Promise<void>, timeout?: number) => void;
  readonly afterAll: (work: () => Promise<void>, timeout?: number) => void;
  readonly test: (name: string, work: () => Promise<void>, timeout?: number) => void;
}

/** Declares a test that is given the stack of its file or block. */
export type StackTest<Given = Stack> = (
  name: string,
  work: (stack: Given) => Promise<void> | void,
  timeout?: number,
) => void;

/** What a stack takes to begin and to end at most, in milliseconds: Jest's own five seconds are too short. */
const patience = 150_000;

/**
 * One stack for the tests of a file or `describe` block: `const stackTest = stackTests({ beforeAll, afterAll, test }, 'compose.yaml')`,
 * then `stackTest('answers', async (stack) => …)`. What a failed test leaves to read is saved.
 */
export function stackTests<const Source extends StackSource>(
  functions: JestFunctions,
  source: Source,
  options?: StackOptions,
): StackTest<StackOf<Source>>;
export function stackTests(
  { beforeAll, afterAll, test }: JestFunctions,
  source: StackSource,
  options?: StackOptions,
): StackTest {
  let stack: Stack | undefined;
  beforeAll(async () => {
    stack = await beginReported(source, options);
  }, patience);
  afterAll(async () => {
    await stack?.down();
  }, patience);
  return (name, work, timeout) => {
    const run = async (): Promise<void> => {
      if (stack === undefined) throw new TypeError('the stack did not start');
      try {
        await work(stack);
      } catch (error) {
        await reportFailure(stack, name);
        throw error;
      }
    };
    test(name, run, timeout);
  };
}
