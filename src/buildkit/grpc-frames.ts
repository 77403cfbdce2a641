const headerBytes = 5;
/** Nothing that BuildKit sends us is larger; its own limit is 16 MiB. */
const longestMessage = 64 * 1024 * 1024;

/** One gRPC message as it goes over the wire, uncompressed. */
export function frameMessage(...parts: readonly Uint8Array[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const header = Buffer.alloc(headerBytes);
  header.writeUInt32BE(length, 1);
  return Buffer.concat([header, ...parts], headerBytes + length);
}

/** The messages of a gRPC stream, however its bytes were cut. Throws a RangeError for a compressed or absurdly long one. */
export async function* readMessages(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  let pending: Uint8Array[] = [];
  let size = 0;
  let wanted = headerBytes;
  for await (const piece of bytes) {
    pending.push(piece);
    size += piece.length;
    // Pieces are joined once, when there is something to read of them.
    if (size < wanted) continue;
    let rest = pending.length === 1 ? piece : Buffer.concat(pending, size);
    for (wanted = frameLength(rest); rest.length >= wanted; wanted = frameLength(rest)) {
      yield rest.subarray(headerBytes, wanted);
      rest = rest.subarray(wanted);
    }
    pending = rest.length === 0 ? [] : [rest];
    size = rest.length;
  }
}

/** Bytes of the first message with its header, or of a header that is not whole yet. */
function frameLength(bytes: Uint8Array): number {
  if (bytes.length < headerBytes) return headerBytes;
  const view = new DataView(bytes.buffer, bytes.byteOffset, headerBytes);
  if (view.getUint8(0) !== 0) throw new RangeError('a gRPC message is compressed');
  const length = view.getUint32(1);
  if (length > longestMessage) throw new RangeError(`a gRPC message has ${length} bytes`);
  return headerBytes + length;
}
