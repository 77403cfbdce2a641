import type { Ingest } from './content-ingest.ts';
import type { ContentInfo } from './content-store.ts';
import { decodeMessage } from './protobuf-reader.ts';
import { bytesField, encodeMessage, numberField, textField } from './protobuf-writer.ts';

/** `containerd.services.content.v1.WriteAction` */
const writeActions = { stat: 0, write: 1, commit: 2 } as const;

/** `WriteContentRequest` */
export interface WriteRequest {
  readonly action: keyof typeof writeActions;
  readonly ref: string;
  /** Bytes; 0 if it is not said. */
  readonly total: number;
  /** Empty if it is not said. */
  readonly expected: string;
  readonly offset: number;
  readonly data: Uint8Array;
}

/** Reads one message of a write. */
export function decodeWrite(bytes: Uint8Array): WriteRequest {
  const message = decodeMessage(bytes);
  const action = message.number(1);
  return {
    action: action === writeActions.commit ? 'commit' : action === writeActions.write ? 'write' : 'stat',
    ref: message.text(2),
    total: message.number(3),
    expected: message.text(4),
    offset: message.number(5),
    data: message.bytes(6) ?? new Uint8Array(),
  };
}

/** `WriteContentResponse`, with the digest after a commit. */
export function encodeWritten(
  action: WriteRequest['action'],
  ingest: Ingest,
  { total, now, digest }: { readonly total: number; readonly now: number; readonly digest: string },
): Uint8Array {
  return encodeMessage(
    numberField(1, writeActions[action]),
    bytesField(2, timestamp(ingest.startedAt)),
    bytesField(3, timestamp(now)),
    numberField(4, ingest.offset()),
    numberField(5, total),
    textField(6, digest),
  );
}

/** `Status` of a write under way. */
export function encodeStatus(ingest: Ingest, now: number): Uint8Array {
  return encodeMessage(
    bytesField(1, timestamp(ingest.startedAt)),
    bytesField(2, timestamp(now)),
    textField(3, ingest.ref),
    numberField(4, ingest.offset()),
  );
}

/** `Info` of a blob. Folders keep no labels. */
export function encodeInfo({ digest, size, modified }: ContentInfo): Uint8Array {
  return encodeMessage(
    textField(1, digest),
    numberField(2, size),
    bytesField(3, timestamp(modified)),
    bytesField(4, timestamp(modified)),
  );
}

/** `google.protobuf.Timestamp` of milliseconds since the epoch. */
function timestamp(milliseconds: number): Buffer {
  const seconds = Math.floor(milliseconds / 1000);
  return encodeMessage(numberField(1, seconds), numberField(2, Math.floor((milliseconds - seconds * 1000) * 1e6)));
}
