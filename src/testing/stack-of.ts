import type { StackSource } from './source-of.ts';
import type { Stack } from './stack.ts';
import type { StackFiles } from './stack-files.ts';
import type { ComposeObject, ShapeOf, StackShape } from './stack-shape.ts';

/** What is known of the stack of a source when it is compiled: that of an object, or of a file with generated types. */
export type StackOf<Source extends StackSource> = Stack<
  Source extends keyof StackFiles ? StackFiles[Source] : Source extends ComposeObject ? ShapeOf<Source> : StackShape
>;
