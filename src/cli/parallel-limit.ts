import type { Named } from '../project/project.ts';
import type { RootFlags } from './root-flags.ts';
import { usageError } from './usage-error.ts';

/** Most pulls at a time, by the flag, else by the variable; undefined has no limit. Throws a usage error for no number. */
export function parallelLimit({ parallel }: RootFlags, environment: Named<string | undefined>): number | undefined {
  const text = environment['COMPOSE_PARALLEL_LIMIT'] ?? '';
  if (parallel === undefined && text !== '' && !/^-?\d+$/.test(text)) {
    throw usageError(`COMPOSE_PARALLEL_LIMIT must be an integer (found: ${JSON.stringify(text)})`);
  }
  const limit = parallel ?? (text === '' ? -1 : Number(text));
  return limit > 0 ? limit : undefined;
}
