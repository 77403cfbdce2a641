import * as buildFailures from './build-failures.ts';
import * as containerFailures from './container-failures.ts';
import * as operationFailures from './operation-failures.ts';

/** Every code that executing a plan can fail with, and what it means: the reference page is made from this. */
export const failureCatalogue: readonly { readonly code: string; readonly about: string }[] = [
  ...Object.values(buildFailures),
  ...Object.values(containerFailures),
  ...Object.values(operationFailures),
].map(({ code, about }) => ({ code, about }));
