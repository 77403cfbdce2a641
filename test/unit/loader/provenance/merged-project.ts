import type { LoadRequest } from '../../../../src/loader/load-request.ts';

/** A project of several files below `/code/proj`, and what its load is told. */
export interface MergedProject {
  readonly files: Readonly<Record<string, string>>;
  readonly request?: Partial<LoadRequest>;
}
