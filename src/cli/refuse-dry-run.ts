import type { Session } from './session.ts';
import { usageError } from './usage-error.ts';

/** Keeps a command whose deeds cannot be told beforehand from doing what it was told only to try. */
export function refuseDryRun({ flags }: Pick<Session, 'flags'>, command: string): void {
  if (flags.dryRun === true) throw usageError(`${command} is not supported in dry-run mode`);
}
