import { booleanWordOutdated } from '../../diagnostics/interpolation-diagnostics.ts';
import { parseBooleanWord } from '../../project/boolean-words.ts';
import { parseByteSize } from '../../project/byte-size.ts';
import { formatDuration, parseDuration } from '../../project/duration.ts';
import { parseDecimalFraction, parseDecimalInteger } from '../../project/go-number.ts';
import { integerText, scalarText } from '../tree/plain-value.ts';
import { attemptRead, type Reader, refuse } from './reader.ts';

/** A text, the empty one too; numbers and booleans as the specification writes them. */
export const readAnyText: Reader<string> = (node) =>
  node.kind === 'scalar' && node.value !== null ? scalarText(node) : undefined;

/** A text that is not empty. */
export const readText: Reader<string> = (node, place) => readAnyText(node, place) || undefined;

/** A boolean, false too. */
export const readAnyFlag: Reader<boolean> = (node, place) => {
  if (node.kind !== 'scalar' || node.value === null) return undefined;
  if (typeof node.value === 'boolean') return node.value;
  if (typeof node.value === 'number') return node.value !== 0;
  const word = parseBooleanWord(node.value);
  if (word === undefined) return refuse(node, place, `invalid boolean: ${node.value}`);
  if (word.outdated) place.scope.findings.add(booleanWordOutdated(place.path, node.value, word.value, node.span));
  return word.value;
};

/** A boolean that is true. */
export const readFlag: Reader<boolean> = (node, place) => readAnyFlag(node, place) || undefined;

/** A whole number, zero too. */
export const readAnyInteger: Reader<number> = (node, place) => {
  if (node.kind !== 'scalar' || node.value === null) return undefined;
  const { value } = node;
  if (typeof value === 'number') return Math.trunc(value);
  return attemptRead(node, place, () => parseDecimalInteger(String(value)));
};

/** A whole number that is not zero. */
export const readInteger: Reader<number> = (node, place) => readAnyInteger(node, place) || undefined;

/** A whole number that is not below zero. */
export const readAnyCount: Reader<number> = (node, place) => {
  const count = readAnyInteger(node, place);
  return count === undefined || count >= 0 ? count : refuse(node, place, `${String(count)} is below zero`);
};

/** A whole number above zero; zero is left out. */
export const readCount: Reader<number> = (node, place) => readAnyCount(node, place) || undefined;

/** As {@link readCount}, for members that Docker Compose does not take as text. */
export const readWrittenCount: Reader<number> = (node, place) =>
  node.kind === 'scalar' && typeof node.value === 'string'
    ? refuse(node, place, `"${node.value}" is a text; write it as a number`)
    : readCount(node, place);

/** A number that is not zero, at the precision of 32 bits that Docker Compose keeps. */
export const readFraction: Reader<number> = (node, place) => {
  if (node.kind !== 'scalar' || node.value === null) return undefined;
  const { value } = node;
  const number =
    typeof value === 'number' ? value : attemptRead(node, place, () => parseDecimalFraction(String(value)));
  return number === undefined || number === 0 ? undefined : shortestSingle(number);
};

/** The number with the fewest digits that a 32-bit float does not tell from the given one. */
function shortestSingle(value: number): number {
  const single = Math.fround(value);
  if (single === value || !Number.isFinite(single)) return value;
  for (let digits = 1; digits < 9; digits += 1) {
    const candidate = Number(single.toPrecision(digits));
    if (Math.fround(candidate) === single) return candidate;
  }
  return Number(single.toPrecision(9));
}

/** A size as bytes in decimal text, zero too. Numbers written as floats are ignored (spec-facts 22.4). */
export const readAnySize: Reader<string> = (node, place) => {
  if (node.kind !== 'scalar' || node.value === null) return undefined;
  const { value } = node;
  if (typeof value === 'number') return node.float === true ? undefined : integerText(value);
  return attemptRead(node, place, () => integerText(parseByteSize(String(value))));
};

/** A size that is not zero, as bytes in decimal text. */
export const readSize: Reader<string> = (node, place) => {
  const size = readAnySize(node, place);
  return size === '0' ? undefined : size;
};

/** As {@link readSize}; the text `-1`, which `config` prints for the number, is no limit too. */
export const readSizeOrUnlimited: Reader<string> = (node, place) =>
  node.kind === 'scalar' && node.value === '-1' ? '-1' : readSize(node, place);

/** A duration in Go notation, zero too. */
export const readAnyDuration: Reader<string> = (node, place) => {
  if (node.kind !== 'scalar' || node.value === null) return undefined;
  const text = String(node.value);
  return attemptRead(node, place, () => formatDuration(parseDuration(text)));
};

/** A duration that is not zero, in Go notation. */
export const readDuration: Reader<string> = (node, place) => {
  const duration = readAnyDuration(node, place);
  return duration === '0s' ? undefined : duration;
};

/** A file mode as octal text such as `0440`; a text is octal, a number is what YAML made of it. */
export const readFileMode: Reader<string> = (node, place) => {
  if (node.kind !== 'scalar' || node.value === null) return undefined;
  if (node.float === true) return refuse(node, place, `${node.text} is no file mode, expected octal digits`);
  if (typeof node.value === 'number') return `0${node.value.toString(8)}`;
  const text = String(node.value);
  if (!/^[0-7]+$/.test(text)) return refuse(node, place, `parsing "${text}": invalid syntax, expected octal digits`);
  return `0${Number.parseInt(text, 8).toString(8)}`;
};
