import type { ImageInspect } from '../engine/resource.ts';
import { parseDuration } from '../project/duration.ts';

const MILLISECONDS_PER_DAY = 86_400_000;

/** Milliseconds an image may be old under `daily`, `weekly` and `every_<duration>`; undefined for other policies. */
export function longestAge(policy: string | undefined): number | undefined {
  if (policy === 'daily') return MILLISECONDS_PER_DAY;
  if (policy === 'weekly') return 7 * MILLISECONDS_PER_DAY;
  if (policy?.startsWith('every_') !== true) return undefined;
  try {
    return parseDuration(policy.slice('every_'.length)) / 1e6;
  } catch {
    return undefined;
  }
}

/** Whether an image is older than that, by the time it was last tagged; one that does not tell is. `now`: milliseconds. */
export function isOlder(image: ImageInspect, age: number, now: number): boolean {
  const tagged = Date.parse(image.Metadata?.LastTagTime ?? '');
  return Number.isNaN(tagged) || tagged + age <= now;
}
