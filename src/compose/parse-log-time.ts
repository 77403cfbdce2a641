import { TopsailError } from '../diagnostics/topsail-error.ts';
import { parseDuration } from '../project/duration.ts';

/**
 * Reads a point in time as the log calls want it, seconds since the epoch as text: RFC 3339, a date, seconds since the
 * epoch, or a duration before now such as `10m`. `now`: milliseconds since the epoch; `name`: of the option. Throws `invalid-time`.
 */
export function parseLogTime(text: string, now: number, name: string): string {
  if (/^\d+(\.\d{1,9})?$/.test(text)) return text;
  const date = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(date)) return withFraction(text, date);
  try {
    return ((now - parseDuration(text) / 1e6) / 1000).toFixed(3);
  } catch (cause) {
    throw new TopsailError(
      'invalid-time',
      `invalid value for "${name}": failed to parse value as time or duration: ${JSON.stringify(text)}`,
      {
        cause,
        details: ['write 2026-01-02T03:04:05Z, seconds since the epoch, or how long ago: 10m'],
      },
    );
  }
}

/** A date holds milliseconds only; what the text says more exactly is kept. */
function withFraction(text: string, date: number): string {
  const digits = /:\d{2}\.(\d+)/.exec(text)?.[1];
  const seconds = String(Math.floor(date / 1000));
  return digits === undefined ? seconds : `${seconds}.${digits.slice(0, 9)}`;
}
