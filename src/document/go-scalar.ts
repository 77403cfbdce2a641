/** What an unquoted scalar means. */
export interface ScalarMeaning {
  readonly value: string | number | boolean | null;
  readonly float?: true;
  readonly timestamp?: true;
}

const words: ReadonlyMap<string, ScalarMeaning> = new Map<string, ScalarMeaning>([
  ...['', '~', 'null', 'Null', 'NULL'].map((word): [string, ScalarMeaning] => [word, { value: null }]),
  ...['true', 'True', 'TRUE'].map((word): [string, ScalarMeaning] => [word, { value: true }]),
  ...['false', 'False', 'FALSE'].map((word): [string, ScalarMeaning] => [word, { value: false }]),
  ...['.nan', '.NaN', '.NAN'].map((word): [string, ScalarMeaning] => [word, { value: Number.NaN, float: true }]),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((word): [string, ScalarMeaning] => [
    word,
    { value: Number.POSITIVE_INFINITY, float: true },
  ]),
  ...['-.inf', '-.Inf', '-.INF'].map((word): [string, ScalarMeaning] => [
    word,
    { value: Number.NEGATIVE_INFINITY, float: true },
  ]),
]);

const wordStart = /^[~ntfNTF.+-]/;
const numberStart = /^[-+.0-9]/;
const dotFloat = /^\.[0-9]+(?:[eE][-+]?[0-9]+)?$/;
const plainFloat = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const integer =
  /^(?<sign>[-+]?)(?:0[xX](?<hexadecimal>[0-9a-fA-F]+)|0[bB](?<binary>[01]+)|0[oO]?(?<octal>[0-7]+)|(?<decimal>0|[1-9][0-9]*))$/;
const timestamp =
  /^(?<year>[0-9]{4})-(?<month>[0-9]{1,2})-(?<day>[0-9]{1,2})(?:(?:[Tt ])(?<hour>[0-9]{1,2}):(?<minute>[0-9]{1,2}):(?<second>[0-9]{1,2})(?:[.,][0-9]+)?(?<zone>Z|[-+][0-9]{2}:[0-9]{2})?)?$/;

/** Beyond this an integer fits no 64-bit type, and go-yaml falls back to a float. */
const largestUnsigned = 2n ** 64n - 1n;
const smallestSigned = -(2n ** 63n);

/** Days in a month; a text such as `2023-02-30` is no date and stays text. */
function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function isTimestamp(text: string): boolean {
  const parts = timestamp.exec(text)?.groups;
  if (parts === undefined) return false;
  const [year, month, day] = [Number(parts['year']), Number(parts['month']), Number(parts['day'])];
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return false;
  if (parts['hour'] === undefined) return true;
  const withSpace = text.includes(' ');
  if (withSpace !== (parts['zone'] === undefined)) return false;
  return Number(parts['hour']) < 24 && Number(parts['minute']) < 60 && Number(parts['second']) < 60;
}

function parseInteger(text: string): number | undefined {
  const parts = integer.exec(text)?.groups;
  if (parts === undefined) return undefined;
  const { hexadecimal, binary, octal, decimal } = parts;
  const digits =
    hexadecimal !== undefined
      ? `0x${hexadecimal}`
      : binary !== undefined
        ? `0b${binary}`
        : octal !== undefined
          ? `0o${octal}`
          : (decimal ?? '0');
  const negative = parts['sign'] === '-';
  if (digits.length <= 12) return Number(digits) * (negative && digits !== '0' ? -1 : 1);
  const exact = negative ? -BigInt(digits) : BigInt(digits);
  return exact >= smallestSigned && exact <= largestUnsigned ? Number(exact) : undefined;
}

function finiteFloat(text: string): ScalarMeaning | undefined {
  const value = Number(text);
  return Number.isFinite(value) ? { value, float: true } : undefined;
}

/**
 * Reads an unquoted scalar as go-yaml v3 does, which is how Docker Compose reads it: `0755` is octal, `1_000` is a
 * number, `0b11` and `0x1f` too, `yes` and `22:22` are text, an ISO date is a timestamp. Spec-facts 5.1 to 5.4.
 */
export function resolveGoScalar(text: string): ScalarMeaning {
  if (text === '' || (text.length <= 5 && wordStart.test(text))) {
    const word = words.get(text);
    if (word !== undefined) return word;
  }
  if (!numberStart.test(text)) return { value: text };
  if (text.startsWith('.')) return (dotFloat.test(text) ? finiteFloat(text) : undefined) ?? { value: text };
  if (isTimestamp(text)) return { value: text, timestamp: true };
  const plain = text.includes('_') ? text.replaceAll('_', '') : text;
  const whole = parseInteger(plain);
  if (whole !== undefined) return { value: whole };
  return (plainFloat.test(plain) ? finiteFloat(plain) : undefined) ?? { value: text };
}
