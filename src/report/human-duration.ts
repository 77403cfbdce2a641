const second = 1;
const minute = 60 * second;
const hour = 60 * minute;

/** A duration in Docker's words: `About a minute`, `3 hours`, `2 weeks`. Milliseconds in, English out. */
export function humanDuration(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  if (seconds < 1) return 'Less than a second';
  if (seconds === 1) return '1 second';
  if (seconds < minute) return `${String(seconds)} seconds`;
  const minutes = Math.floor(seconds / minute);
  if (minutes === 1) return 'About a minute';
  if (minutes < 60) return `${String(minutes)} minutes`;
  const hours = Math.round(seconds / hour);
  if (hours === 1) return 'About an hour';
  if (hours < 48) return `${String(hours)} hours`;
  const days = Math.floor(hours / 24);
  if (days < 14) return `${String(days)} days`;
  if (days < 60) return `${String(Math.floor(days / 7))} weeks`;
  if (days < 730) return `${String(Math.floor(days / 30))} months`;
  return `${String(Math.floor(days / 365))} years`;
}

/** A short span for a report: `340 ms`, `2.4 s`, `3 min 5 s`. */
export function shortDuration(milliseconds: number): string {
  if (milliseconds < 1000) return `${String(Math.round(milliseconds))} ms`;
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  return `${String(Math.floor(seconds / 60))} min ${String(seconds % 60)} s`;
}
