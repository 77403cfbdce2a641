import type { Session } from './session.ts';
import { usageError } from './usage-error.ts';

/** Keeps a command that cannot be tried out yet from doing what it was told only to try. */
export function refuseDryRun({ flags }: Pick<Session, 'flags'>): void {
  if (flags.dryRun === true)
    throw usageError('--dry-run comes in a later version', 'topsail plan shows what up would do');
}
