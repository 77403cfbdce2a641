import type { StackSource } from '../source-of.ts';
import type { Stack } from '../stack.ts';
import type { StackOf } from '../stack-of.ts';
import type { StackOptions } from '../up.ts';
import { beginReported } from './begin-reported.ts';
import { reportFailure } from './report-failure.ts';

/** What of Vitest's context a fixture uses. */
export interface VitestContext {
  readonly task: { readonly name: string; readonly result?: { readonly state?: string } | undefined };
}

/** A fixture of Vitest: `test.extend({ stack: stackFixture('compose.yaml') })`. */
export type StackFixture<Given = Stack> = (
  context: VitestContext,
  use: (stack: Given) => Promise<void>,
) => Promise<void>;

/** Gives each test that asks for it a stack of its own, which ends with the test. What a failed test leaves to read is saved. */
export function stackFixture<const Source extends StackSource>(
  source: Source,
  options?: StackOptions,
): StackFixture<StackOf<Source>>;
export function stackFixture(source: StackSource, options?: StackOptions): StackFixture {
  // Vitest reads from the text of the function which other fixtures it needs.
  return async ({ task }, use) => {
    const stack = await beginReported(source, options);
    try {
      await use(stack);
      if (task.result?.state === 'fail') await reportFailure(stack, task.name);
    } finally {
      await stack.down();
    }
  };
}

/** What of Vitest's test project a global setup uses. */
export interface VitestProject {
  provide(key: string, value: unknown): void;
}

/** A function for Vitest's `globalSetup`; it gives how to end what it set up. */
export type StackSetup = (project: VitestProject) => Promise<() => Promise<void>>;

/**
 * One stack for a whole run: `export default stackSetup('compose.yaml')` in a file of `globalSetup`. Tests get the addresses of its
 * services by `inject('endpoints')`, as `{ db: { 5432: 'HOST:PORT' } }`.
 */
export function stackSetup(source: StackSource, options?: StackOptions): StackSetup {
  return async (project) => {
    const stack = await beginReported(source, options);
    project.provide('stack', stack.name);
    project.provide('endpoints', stack.endpoints());
    return () => stack.down();
  };
}
