import type { FolderEntry } from '../source/walk-folder.ts';
import { decodeMessage } from './protobuf-reader.ts';
import { bytesField, encodeMessage, encodeVarint, numberField, textField } from './protobuf-writer.ts';

/** Packet types of `fsutil.types.Packet`. */
const packetTypes = { stat: 0, request: 1, data: 2, finish: 3, error: 4 } as const;

/** What the receiver of a folder says. */
export type ReceiverPacket =
  | { readonly kind: 'request'; readonly file: number }
  | { readonly kind: 'finish' }
  | { readonly kind: 'error'; readonly text: string };

/** Reads a packet of the receiver; undefined for one that says nothing to a sender. */
export function decodePacket(bytes: Uint8Array): ReceiverPacket | undefined {
  const packet = decodeMessage(bytes);
  switch (packet.number(1)) {
    case packetTypes.request:
      return { kind: 'request', file: packet.number(3) };
    case packetTypes.finish:
      return { kind: 'finish' };
    case packetTypes.error:
      return { kind: 'error', text: Buffer.from(packet.bytes(4) ?? []).toString() };
    default:
      return undefined;
  }
}

/** One entry of the folder. Its number is its place among all entries sent, from 0. Owners are not sent: a build starts as root. */
export function statPacket(entry: FolderEntry): Uint8Array {
  const stat = encodeMessage(
    textField(1, entry.path),
    numberField(2, goFileMode(entry)),
    numberField(5, entry.size),
    numberField(6, entry.modified),
    textField(7, entry.target),
    numberField(8, deviceMajor(entry.device)),
    numberField(9, deviceMinor(entry.device)),
  );
  return bytesField(2, stat);
}

/** There are no more entries. */
export const endOfEntries: Uint8Array = numberField(1, packetTypes.stat);

/** Tag of the field that holds a piece: field 4, bytes. */
const pieceTag = encodeVarint(4 * 8 + 2);

/** What comes before a piece of a file; the piece itself follows as the rest of the message. Without a length the file has ended. */
export function dataPacketHead(file: number, length: number): Uint8Array {
  const head = encodeMessage(numberField(1, packetTypes.data), numberField(3, file));
  return length === 0 ? head : encodeMessage(head, pieceTag, encodeVarint(length));
}

/** The sender's last word. */
export const finishPacket: Uint8Array = numberField(1, packetTypes.finish);

const goTypeBits: { readonly [Kind in FolderEntry['kind']]: number } = {
  file: 0,
  directory: 2 ** 31,
  link: 2 ** 27,
  device: 2 ** 26,
  pipe: 2 ** 25,
};

/** Go's `os.FileMode` of an entry. */
function goFileMode({ kind, mode }: FolderEntry): number {
  let value = (mode & 0o777) + goTypeBits[kind];
  if ((mode & 0o4000) !== 0) value += 2 ** 23;
  if ((mode & 0o2000) !== 0) value += 2 ** 22;
  if ((mode & 0o1000) !== 0) value += 2 ** 20;
  if ((mode & 0o170_000) === 0o020_000) value += 2 ** 21;
  return value;
}

/** Linux's layout of a device number. */
function deviceMajor(device: number): number {
  return Math.floor(device / 256) % 4096;
}

function deviceMinor(device: number): number {
  return (device % 256) + Math.floor(device / 2 ** 20) * 256;
}
