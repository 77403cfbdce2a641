const NANOSECONDS_PER_SECOND = 1e9;
const NANOSECONDS_PER_HOUR = 3600 * NANOSECONDS_PER_SECOND;

const unitNanoseconds: ReadonlyMap<string, number> = new Map([
  ['ns', 1],
  ['us', 1e3],
  ['\u00b5s', 1e3],
  ['\u03bcs', 1e3],
  ['ms', 1e6],
  ['s', NANOSECONDS_PER_SECOND],
  ['m', 60 * NANOSECONDS_PER_SECOND],
  ['h', NANOSECONDS_PER_HOUR],
  ['d', 24 * NANOSECONDS_PER_HOUR],
  ['w', 7 * 24 * NANOSECONDS_PER_HOUR],
]);

/** The longest duration the engine's 64-bit nanosecond counters hold. */
const LONGEST_NANOSECONDS = 2 ** 63;

const part = /(\d+\.?\d*|\.\d+)([^\d.]*)/y;

/**
 * Reads a duration such as `1m30s`, `1.5h` or `2d` as nanoseconds (spec-facts section 22; Compose Specification,
 * "Specifying durations"). Throws a RangeError that says what is wrong.
 */
export function parseDuration(text: string): number {
  const signed = /^[+-]/.test(text);
  const body = signed ? text.slice(1) : text;
  if (body === '0') return 0;
  if (body === '') throw new RangeError(`invalid duration "${text}"`);
  let total = 0;
  for (part.lastIndex = 0; part.lastIndex < body.length; ) {
    const match = part.exec(body);
    if (match === null) throw new RangeError(`invalid duration "${text}"`);
    total += partNanoseconds(match[1] ?? '', match[2] ?? '', text);
  }
  if (total >= LONGEST_NANOSECONDS) throw new RangeError(`invalid duration "${text}": longer than 292 years`);
  return text.startsWith('-') && total !== 0 ? -total : total;
}

function partNanoseconds(amount: string, unit: string, text: string): number {
  if (unit === '') throw new RangeError(`missing unit in duration "${text}"`);
  const size = unitNanoseconds.get(unit);
  if (size === undefined) throw new RangeError(`unknown unit "${unit}" in duration "${text}"`);
  const point = amount.indexOf('.');
  if (point === -1) return Number(amount) * size;
  const whole = point === 0 ? 0 : Number(amount.slice(0, point));
  return whole * size + Math.trunc(Number(`0${amount.slice(point)}`) * size + 1e-6);
}

/** Writes nanoseconds in Go's notation: `1m30s`, `500ms`, `24h0m0s`, `0s`. */
export function formatDuration(nanoseconds: number): string {
  const size = Math.abs(nanoseconds);
  const sign = nanoseconds < 0 ? '-' : '';
  if (size === 0) return '0s';
  if (size < 1e3) return `${sign}${String(size)}ns`;
  if (size < 1e6) return `${sign}${decimal(size, 1e3)}\u00b5s`;
  if (size < NANOSECONDS_PER_SECOND) return `${sign}${decimal(size, 1e6)}ms`;
  const hours = Math.floor(size / NANOSECONDS_PER_HOUR);
  const minutes = Math.floor((size % NANOSECONDS_PER_HOUR) / (60 * NANOSECONDS_PER_SECOND));
  const seconds = `${decimal(size % (60 * NANOSECONDS_PER_SECOND), NANOSECONDS_PER_SECOND)}s`;
  if (hours > 0) return `${sign}${String(hours)}h${String(minutes)}m${seconds}`;
  return minutes > 0 ? `${sign}${String(minutes)}m${seconds}` : sign + seconds;
}

/** `value / unit` without rounding: both are whole numbers and `unit` is a power of ten. */
function decimal(value: number, unit: number): string {
  const whole = String(Math.floor(value / unit));
  const rest = value % unit;
  if (rest === 0) return whole;
  const digits = String(rest).padStart(String(unit).length - 1, '0');
  return `${whole}.${digits.replace(/0+$/, '')}`;
}
