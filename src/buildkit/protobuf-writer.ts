const empty = Buffer.alloc(0);

/** One encoded field of a protobuf message; empty for a field that has its default. */
export type EncodedField = Buffer;

/** A whole message from its encoded fields. */
export function encodeMessage(...fields: readonly EncodedField[]): Buffer {
  return Buffer.concat(fields);
}

/** A `string` field. */
export function textField(number: number, value: string | undefined): EncodedField {
  return value === undefined || value === '' ? empty : bytesField(number, Buffer.from(value));
}

/** A `repeated string` field. */
export function textsField(number: number, values: readonly string[]): EncodedField {
  return Buffer.concat(values.map((value) => bytesField(number, Buffer.from(value))));
}

/** A `bytes` or message field, written also when it is empty. */
export function bytesField(number: number, value: Uint8Array): EncodedField {
  return Buffer.concat([encodeVarint(number * 8 + 2), encodeVarint(value.length), value]);
}

/** An integer, enum or bool field. */
export function numberField(number: number, value: number | bigint | boolean | undefined): EncodedField {
  const plain = typeof value === 'boolean' ? Number(value) : (value ?? 0);
  return Number(plain) === 0 ? empty : Buffer.concat([encodeVarint(number * 8), encodeVarint(plain)]);
}

/** A `map<string, string>` field. */
export function textMapField(number: number, values: Readonly<Record<string, string>>): EncodedField {
  const entries = Object.entries(values);
  return Buffer.concat(
    entries.map(([key, value]) => bytesField(number, encodeMessage(textField(1, key), textField(2, value)))),
  );
}

/** A base-128 number; negative ones take ten bytes, as `int64` has them. */
export function encodeVarint(value: number | bigint): Buffer {
  if (typeof value === 'number' && value >= 0 && value < 0x80) return Buffer.of(value);
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  while (rest >= 0x80n) {
    bytes.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return Buffer.from(bytes);
}
