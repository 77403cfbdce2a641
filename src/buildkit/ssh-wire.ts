/** The parts of an SSH message, one after the other (RFC 4251, section 5). */
export interface SshReader {
  readonly byte: () => number;
  readonly number: () => number;
  readonly bytes: () => Buffer;
  readonly text: () => string;
}

/** Reads an SSH message from its begin. Every part throws a RangeError where the message is cut short. */
export function readSsh(message: Buffer): SshReader {
  let offset = 0;
  const take = (length: number): Buffer => {
    if (offset + length > message.length) throw new RangeError('an SSH message is cut short');
    offset += length;
    return message.subarray(offset - length, offset);
  };
  const number = (): number => take(4).readUInt32BE();
  const bytes = (): Buffer => take(number());
  return { byte: () => take(1).readUInt8(), number, bytes, text: () => bytes().toString() };
}

/** A `string`: its length and its bytes. */
export function sshString(value: string | Uint8Array): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([sshNumber(bytes.length), bytes]);
}

/** A `uint32`. */
export function sshNumber(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** An `mpint` of a number that is not negative, from its bytes, highest first. */
export function sshInteger(bytes: Uint8Array): Buffer {
  let start = 0;
  while (start < bytes.length && bytes[start] === 0) start += 1;
  const plain = bytes.subarray(start);
  return sshString((plain[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), plain]) : plain);
}
