/** `2026-01-31T12:00:00.123456789Z`. */
const canonicalLength = 30;
const form = /^(?<second>\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(?<fraction>\d{1,9}))?(?<zone>Z|[+-]\d{2}:\d{2})$/;

/** An engine's timestamp in UTC with nine digits of a second; undefined if the text is none. */
export function canonicalTime(text: string): string | undefined {
  const { second, fraction = '', zone } = form.exec(text)?.groups ?? {};
  if (second === undefined || zone === undefined) return undefined;
  if (zone === 'Z' && text.length === canonicalLength) return text;
  const utc = new Date(`${second}${zone}`);
  return Number.isNaN(utc.getTime()) ? undefined : `${utc.toISOString().slice(0, 19)}.${fraction.padEnd(9, '0')}Z`;
}

/** A canonical time as the log calls want it: seconds since the epoch with nine digits, as text. */
export function logSeconds(time: string): string {
  return `${Date.parse(`${time.slice(0, 19)}Z`) / 1000}.${time.slice(20, 29)}`;
}

/** A time of a container's state, canonical; undefined for the year 1, which is the engine's word for never. */
export function pastTime(text: string): string | undefined {
  const time = canonicalTime(text);
  return time === undefined || time.startsWith('0001') ? undefined : time;
}
