import { withoutDigitSeparators } from './go-number.ts';

const powers: ReadonlyMap<string, number> = new Map([
  ['', 0],
  ['k', 1],
  ['m', 2],
  ['g', 3],
  ['t', 4],
  ['p', 5],
]);

const form = /^(?<number>\+?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?) ?(?<suffix>.*)$/s;

/**
 * Reads a size such as `512m`, `1.5 GiB` or `1024` as bytes; every suffix is a binary multiple and a fraction is cut
 * (spec-facts section 22.4; Compose Specification, "Specifying byte values"). Throws a RangeError that says what is wrong.
 */
export function parseByteSize(text: string): number {
  const groups = form.exec(withoutDigitSeparators(text))?.groups;
  const number = groups?.['number'];
  if (number === undefined) throw new RangeError(`invalid size: '${text}'`);
  const suffix = groups?.['suffix'] ?? '';
  const power = powerOf(suffix);
  if (power === undefined) throw new RangeError(`invalid suffix: '${suffix}'`);
  return Math.trunc(Number(number) * 1024 ** power);
}

function powerOf(suffix: string): number | undefined {
  const [, letter = ''] = /^([kmgtp]?)(?:i?b)?$/.exec(suffix.toLowerCase()) ?? [undefined, '?'];
  return suffix.toLowerCase() === 'ib' ? undefined : powers.get(letter);
}
