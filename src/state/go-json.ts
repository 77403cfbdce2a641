import { printJson } from '../document/print-json.ts';

/**
 * Go's `encoding/json` for the shapes of the compose model: members in declaration order, map keys sorted, zero values
 * omitted, `<`, `>` and `&` escaped. Service hashes are taken over this text (compose-surface section 3.3).
 */

/** Writes one value as JSON; undefined if an omit-empty member would leave it out. */
export type GoEncoder = (value: unknown) => string | undefined;

/** One member of a Go struct. */
export interface GoMember {
  readonly name: string;
  readonly encode: GoEncoder;
}

/** Text; the empty one is zero. */
export const goText: GoEncoder = (value) => (typeof value === 'string' && value !== '' ? printJson(value) : undefined);

/** Text or null, as values of a map: neither is omitted. */
export const goNullableText: GoEncoder = (value) => (typeof value === 'string' ? printJson(value) : 'null');

/** A boolean; false is zero. */
export const goBoolean: GoEncoder = (value) => (value === true ? 'true' : undefined);

/** An integer; 0 is zero. */
export const goInteger: GoEncoder = (value) => (typeof value === 'number' && value !== 0 ? String(value) : undefined);

/** A single-precision number in the shortest form that reads back as itself; 0 is zero. */
export const goFloat32: GoEncoder = (value) => {
  if (typeof value !== 'number' || value === 0) return undefined;
  for (let digits = 1; digits < 10; digits++) {
    const candidate = Number(value.toPrecision(digits));
    if (Math.fround(candidate) === Math.fround(value)) return String(candidate);
  }
  return String(value);
};

/** A list; the empty one is zero. */
export function goList(item: GoEncoder): GoEncoder {
  return (value) =>
    Array.isArray(value) && value.length > 0 ? `[${value.map((each) => item(each) ?? 'null').join(',')}]` : undefined;
}

/** A map with sorted keys; the empty one is zero. */
export function goMap(item: GoEncoder): GoEncoder {
  return (value) => {
    const entries = Object.entries(asRecord(value)).toSorted(([a], [b]) => (a < b ? -1 : 1));
    if (entries.length === 0) return undefined;
    return `{${entries.map(([key, each]) => `${printJson(key)}:${item(each) ?? 'null'}`).join(',')}}`;
  };
}

/** A struct held by value: always written, as `{}` at least. */
export function goStruct(members: readonly GoMember[]): GoEncoder {
  return (value) => {
    const record = asRecord(value);
    const texts = members.flatMap(({ name, encode }) => {
      const text = encode(record[name]);
      return text === undefined ? [] : [`${printJson(name)}:${text}`];
    });
    return `{${texts.join(',')}}`;
  };
}

/** A pointer: absent (or null) is left out, anything else is written, a zero value by the given text. */
export function goPointer(encode: GoEncoder, zero = '{}'): GoEncoder {
  return (value) => (value === undefined || value === null ? undefined : (encode(value) ?? zero));
}

/** A member that is never omitted. */
export function goAlways(encode: GoEncoder, zero: string): GoEncoder {
  return (value) => encode(value) ?? zero;
}

/** Members of a struct, in declaration order. */
export function goMembers(members: { readonly [name: string]: GoEncoder }): readonly GoMember[] {
  return Object.entries(members).map(([name, encode]) => ({ name, encode }));
}

function asRecord(value: unknown): { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null ? (value as { readonly [key: string]: unknown }) : {};
}
