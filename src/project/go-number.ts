/** Writes a float as Go's `%v` does: `1e+06`, `1.5`, `1e-05`, `+Inf` (spec-facts 17.10). */
export function formatGoFloat(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  if (Object.is(value, -0)) return '-0';
  if (value === 0) return '0';
  const [mantissa = '', exponentText = '0'] = value.toExponential().split('e');
  const exponent = Number(exponentText);
  if (exponent >= -4 && exponent < 6) return String(value);
  const digits = String(Math.abs(exponent)).padStart(2, '0');
  return `${mantissa}e${exponent < 0 ? '-' : '+'}${digits}`;
}

const decimalInteger = /^[+-]?\d+$/;
const decimalFloat = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const betweenDigits = /(?<=\d)_(?=\d)/g;

/** Reads a decimal integer as `strconv.Atoi` does: no blanks, no prefix. Throws a RangeError otherwise. */
export function parseDecimalInteger(text: string): number {
  const value = decimalInteger.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(value)) throw new RangeError(`parsing "${text}": invalid syntax, expected a whole number`);
  if (Math.abs(value) >= 2 ** 63) throw new RangeError(`parsing "${text}": value out of range`);
  return value === 0 ? 0 : value;
}

/** Takes the underscores between digits away, which Go reads over in floats. */
export function withoutDigitSeparators(text: string): string {
  return text.replaceAll(betweenDigits, '');
}

/** Reads a decimal fraction as `strconv.ParseFloat` does. Throws a RangeError otherwise. */
export function parseDecimalFraction(text: string): number {
  const digits = withoutDigitSeparators(text);
  const value = decimalFloat.test(digits) ? Number(digits) : Number.NaN;
  if (Number.isNaN(value)) throw new RangeError(`parsing "${text}": invalid syntax, expected a number`);
  return value;
}
