/** A duration in milliseconds as people read it: `0.3 s`, `12.0 s`, `2 min 5 s`. */
export function elapsedWords(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
