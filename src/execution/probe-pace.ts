const firstDelay = 50;
const growth = 1.5;
/** Up to this long a ready container may go unnoticed while it is young: one second. */
const youngest = 1000;
/** Older ones may go unnoticed for this part of the time that they have taken already. */
const partOfAge = 1 / 30;

/** What the pace of our own health probes depends on. Times in milliseconds. */
export interface ProbePace {
  /** Probes so far, at least 1. */
  readonly probes: number;
  /** How long the last one took. */
  readonly duration: number;
  /** Time since the first one. */
  readonly age: number;
  /** The declared interval. */
  readonly interval: number;
}

/**
 * Milliseconds from the end of one of our own health probes to the next. Begins with 50 and backs off to the declared interval:
 * quickly to one second, from there slowly with the time that has passed, and never spends more than half of the time probing.
 */
export function nextProbeDelay({ probes, duration, age, interval }: ProbePace): number {
  const eager = firstDelay * growth ** (probes - 1);
  const patience = Math.max(youngest, age * partOfAge);
  return Math.min(interval, Math.max(duration, Math.min(eager, patience)));
}
