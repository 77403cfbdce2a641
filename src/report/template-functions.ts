import { printJson } from '../document/print-json.ts';
import { TemplateError, type TemplateValue } from './go-template.ts';

/** Functions that a template may call, by name. */
export type TemplateFunctions = { readonly [name: string]: (...given: readonly TemplateValue[]) => TemplateValue };

/** A value as a template shows it. */
export function templateText(value: TemplateValue): string {
  if (typeof value === 'string') return value;
  if (value === undefined) return '<no value>';
  if (typeof value === 'function') return templateText(value());
  if (typeof value !== 'object') return String(value);
  const items = listOf(value).map(templateText).join(' ');
  return Array.isArray(value) ? `[${items}]` : `{${items}}`;
}

/** The functions of Docker's templates, and those of Go's that lists have a use for. */
export const templateFunctions: TemplateFunctions = {
  // Docker's rows escape what means something in HTML; a text by itself stays.
  json: (value) => (typeof value === 'string' ? JSON.stringify(value) : printJson(value)),
  lower: (value) => templateText(value).toLowerCase(),
  upper: (value) => templateText(value).toUpperCase(),
  title: (value) => templateText(value).replaceAll(/(?<=^|\s)\S/g, (letter) => letter.toUpperCase()),
  join: (list, separator) => listOf(list).map(templateText).join(templateText(separator)),
  split: (text, separator) => templateText(text).split(templateText(separator)),
  truncate: (text, length) => [...templateText(text)].slice(0, Number(length)).join(''),
  pad: (text, before, after) =>
    text === '' ? '' : `${' '.repeat(Number(before))}${templateText(text)}${' '.repeat(Number(after))}`,
  print: (...values) => values.map(templateText).join(''),
  println: (...values) => `${values.map(templateText).join(' ')}\n`,
  printf: (format, ...values) => formatted(templateText(format), values),
  len: (value) => (typeof value === 'string' ? Buffer.byteLength(value) : listOf(value).length),
  index: (value, ...keys) => keys.reduce(itemOf, value),
  not: (value) => !isTrue(value),
  and: (...values) => values.find((value) => !isTrue(value)) ?? values.at(-1),
  or: (...values) => values.find((value) => isTrue(value)) ?? values.at(-1),
  eq: (one, ...others) => others.some((other) => other === one),
  ne: (one, other) => one !== other,
  lt: (one, other) => compare(one, other) < 0,
  le: (one, other) => compare(one, other) <= 0,
  gt: (one, other) => compare(one, other) > 0,
  ge: (one, other) => compare(one, other) >= 0,
};

/** The same functions over headers: those that change a cell leave its header as it is. */
export const headerFunctions: TemplateFunctions = {
  ...templateFunctions,
  ...Object.fromEntries(
    ['json', 'lower', 'upper', 'title', 'join', 'split', 'truncate', 'pad'].map((name) => [
      name,
      (value: TemplateValue) => value,
    ]),
  ),
};

function isTrue(value: TemplateValue): boolean {
  return typeof value === 'object' ? listOf(value).length > 0 : Boolean(value);
}

function listOf(value: TemplateValue): readonly TemplateValue[] {
  if (Array.isArray(value)) return value as readonly TemplateValue[];
  if (typeof value === 'object') return Object.values(value as { readonly [name: string]: TemplateValue });
  throw new TemplateError(`${templateText(value)} is no list`);
}

function itemOf(value: TemplateValue, key: TemplateValue): TemplateValue {
  const name = templateText(key);
  if (typeof value === 'object' && Object.hasOwn(value, name)) {
    return (value as { readonly [name: string]: TemplateValue })[name];
  }
  throw new TemplateError(`there is no item ${name} in ${templateText(value)}`);
}

function compare(one: TemplateValue, other: TemplateValue): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  const [left, right] = [templateText(one), templateText(other)];
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** `%s`, `%v`, `%d`, `%q`, `%f` and `%x` with width, precision and `-`. */
function formatted(format: string, values: readonly TemplateValue[]): string {
  const left = [...values];
  return format.replaceAll(
    /%(-?)(0?)(\d*)(?:\.(\d+))?([svdqfxt%])/g,
    (_, minus: string, zero: string, width: string, precision: string | undefined, verb: string) => {
      if (verb === '%') return '%';
      const text = verbText(verb, left.shift(), precision);
      if (minus === '-') return text.padEnd(Number(width));
      return text.padStart(Number(width), zero === '0' ? '0' : ' ');
    },
  );
}

function verbText(verb: string, value: TemplateValue, precision: string | undefined): string {
  switch (verb) {
    case 'q':
      return JSON.stringify(templateText(value));
    case 'f':
      return Number(value).toFixed(precision === undefined ? 6 : Number(precision));
    case 'x':
      return typeof value === 'number' ? value.toString(16) : Buffer.from(templateText(value)).toString('hex');
    default:
      return precision === undefined ? templateText(value) : templateText(value).slice(0, Number(precision));
  }
}
