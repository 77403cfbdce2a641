import type { StackShape } from './stack-shape.ts';

/**
 * Compose files whose shapes are known: `topsail types compose.yaml` writes a declaration file that adds to it. Keys are paths as they
 * are given to `up`; the empty one keeps the type open.
 */
export interface StackFiles {
  readonly '': StackShape;
}
