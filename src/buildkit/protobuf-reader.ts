/** A protobuf message whose bytes are cut short or name a wire type that does not exist. */
export class MalformedMessage extends Error {
  override readonly name = 'MalformedMessage';
}

/** A decoded protobuf message: its fields by number. Unknown fields stay unread. */
export interface DecodedMessage {
  /** A `string` field; empty if it is absent. */
  readonly text: (field: number) => string;
  /** A `repeated string` field. */
  readonly texts: (field: number) => readonly string[];
  /** A `bytes` field; undefined if it is absent. A view of the message's own bytes. */
  readonly bytes: (field: number) => Uint8Array | undefined;
  /** An integer or enum field; 0 if it is absent. */
  readonly number: (field: number) => number;
  readonly flag: (field: number) => boolean;
  /** A message field; undefined if it is absent. */
  readonly message: (field: number) => DecodedMessage | undefined;
  /** A repeated message field. */
  readonly messages: (field: number) => readonly DecodedMessage[];
  /** A `map<string, string>` field, without a prototype. */
  readonly textMap: (field: number) => Readonly<Record<string, string>>;
}

type FieldValue = number | Uint8Array;

const wireVarint = 0;
const wireFixed64 = 1;
const wireBytes = 2;
const wireFixed32 = 5;

/** Reads a protobuf message. Throws {@link MalformedMessage}. */
export function decodeMessage(bytes: Uint8Array): DecodedMessage {
  return messageOf(readFields(bytes));
}

function messageOf(fields: ReadonlyMap<number, readonly FieldValue[]>): DecodedMessage {
  const blobs = (field: number): readonly Uint8Array[] =>
    (fields.get(field) ?? []).filter((value) => typeof value !== 'number');
  const number = (field: number): number => {
    const value = fields.get(field)?.at(-1);
    return typeof value === 'number' ? value : 0;
  };
  const last = (field: number): Uint8Array | undefined => blobs(field).at(-1);
  return {
    text: (field) => textOf(last(field)),
    texts: (field) => blobs(field).map(textOf),
    bytes: last,
    number,
    flag: (field) => number(field) !== 0,
    message: (field) => {
      const value = last(field);
      return value === undefined ? undefined : decodeMessage(value);
    },
    messages: (field) => blobs(field).map(decodeMessage),
    textMap: (field) => {
      const map = Object.create(null) as Record<string, string>;
      for (const entry of blobs(field).map(decodeMessage)) map[entry.text(1)] = entry.text(2);
      return map;
    },
  };
}

function textOf(value: Uint8Array | undefined): string {
  return value === undefined ? '' : Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString();
}

function readFields(bytes: Uint8Array): ReadonlyMap<number, readonly FieldValue[]> {
  const fields = new Map<number, FieldValue[]>();
  let offset = 0;
  while (offset < bytes.length) {
    const tag = readVarint(bytes, offset);
    const { value, end } = readValue(bytes, tag.end, tag.value % 8);
    const number = Math.floor(tag.value / 8);
    const known = fields.get(number);
    if (known === undefined) fields.set(number, [value]);
    else known.push(value);
    offset = end;
  }
  return fields;
}

function readValue(
  bytes: Uint8Array,
  start: number,
  wireType: number,
): { readonly value: FieldValue; readonly end: number } {
  switch (wireType) {
    case wireVarint:
      return readVarint(bytes, start);
    case wireBytes: {
      const length = readVarint(bytes, start);
      return slice(bytes, length.end, length.value);
    }
    case wireFixed64:
      return slice(bytes, start, 8);
    case wireFixed32:
      return slice(bytes, start, 4);
    default:
      throw new MalformedMessage(`a protobuf message has a field of wire type ${wireType}`);
  }
}

function slice(bytes: Uint8Array, start: number, length: number): { readonly value: Uint8Array; readonly end: number } {
  const end = start + length;
  if (length < 0 || end > bytes.length) throw new MalformedMessage('a protobuf message is cut short');
  return { value: bytes.subarray(start, end), end };
}

/** Numbers beyond 2^53 lose precision; nothing that is read here has them. */
function readVarint(bytes: Uint8Array, start: number): { readonly value: number; readonly end: number } {
  let value = 0;
  let factor = 1;
  let large: bigint | undefined;
  for (let index = 0; index < 10; index += 1) {
    const byte = bytes[start + index];
    if (byte === undefined) throw new MalformedMessage('a protobuf message is cut short');
    if (index === 7) large = BigInt(value);
    if (large === undefined) value += (byte & 0x7f) * factor;
    else large += BigInt(byte & 0x7f) << BigInt(7 * index);
    factor *= 128;
    if (byte < 0x80) {
      return { value: large === undefined ? value : Number(BigInt.asIntN(64, large)), end: start + index + 1 };
    }
  }
  throw new MalformedMessage('a protobuf message has a number of more than ten bytes');
}
