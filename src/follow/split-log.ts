import { canonicalTime } from '../engine/log-time.ts';

/** A line of one stream of one container. */
export interface StampedLine {
  /** See {@link canonicalTime}; empty if the engine gave none. */
  readonly timestamp: string;
  readonly text: string;
}

/** Cuts the bytes of one log stream, asked for with timestamps, into lines. */
export interface LogSplitter {
  /** The lines that these bytes complete. */
  push(data: Uint8Array): readonly StampedLine[];
  /** The line that the stream ended in the middle of, if any. */
  end(): readonly StampedLine[];
}

const newline = 0x0a;
const carriageReturn = 0x0d;
const space = 0x20;
const longestTimestamp = 40;

/** Engines store longer lines in pieces of this size, and put a timestamp before each of them. */
const pieceLength = 16 * 1024;

const stampForm = '0000-00-00T00:00:00.000000000Z ';
const canonicalLength = stampForm.length - 1;
const stampSigns = [...stampForm].flatMap((sign, at) => (sign === '0' ? [] : [[at, sign.charCodeAt(0)] as const]));
const stampDigits = [...stampForm].flatMap((sign, at) => (sign === '0' ? [at] : []));

/** Longer lines are given out in parts, so that one endless line cannot take all memory. */
const longestLine = 1024 * 1024;

/** Makes a splitter. Lines may end in CR LF, as those of a terminal do; text is UTF-8. */
export function createLogSplitter(): LogSplitter {
  let pending: Uint8Array[] = [];
  let length = 0;
  /** Set after a part of an overlong line: the rest of it has no timestamp of its own. */
  let continued: string | undefined;

  const finish = (ended: boolean): readonly StampedLine[] => {
    const bytes = Buffer.concat(pending);
    pending = [];
    length = 0;
    const line = continued === undefined ? readLine(bytes) : { timestamp: continued, text: decode(bytes) };
    continued = ended ? undefined : line.timestamp;
    return [line];
  };
  const keep = (data: Uint8Array): void => {
    if (data.length === 0) return;
    pending.push(data);
    length += data.length;
  };
  return {
    push: (data) => {
      const lines: StampedLine[] = [];
      const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
      let from = 0;
      for (let at = bytes.indexOf(newline); at !== -1; at = bytes.indexOf(newline, from)) {
        const short = length === 0 && continued === undefined ? shortLine(bytes, from, at) : undefined;
        if (short === undefined) {
          keep(bytes.subarray(from, at));
          lines.push(...finish(true));
        } else lines.push(short);
        from = at + 1;
      }
      keep(bytes.subarray(from));
      if (length > longestLine) lines.push(...finish(false));
      return lines;
    },
    end: () => (length === 0 ? [] : finish(true)),
  };
}

/** Whole lines in the form that Docker writes, read without a copy: nearly all are. Undefined for any other. */
function shortLine(bytes: Buffer, from: number, to: number): StampedLine | undefined {
  const text = from + canonicalLength + 1;
  if (to < text || to - text > pieceLength || !hasCanonicalStamp(bytes, from)) return undefined;
  const end = bytes[to - 1] === carriageReturn && to > text ? to - 1 : to;
  return {
    timestamp: bytes.toString('latin1', from, from + canonicalLength),
    text: bytes.toString('utf8', text, end),
  };
}

/** `2026-01-31T12:00:00.123456789Z ` */
function hasCanonicalStamp(bytes: Buffer, from: number): boolean {
  for (const [at, sign] of stampSigns) if (bytes[from + at] !== sign) return false;
  for (const at of stampDigits) {
    const digit = bytes[from + at] ?? 0;
    if (digit < 0x30 || digit > 0x39) return false;
  }
  return true;
}

function readLine(bytes: Buffer): StampedLine {
  const stamp = timestampAt(bytes, 0);
  return { timestamp: stamp?.time ?? '', text: decode(withoutInnerStamps(bytes.subarray(stamp?.length ?? 0))) };
}

/** The timestamp that the bytes have at an offset, and its length with the space behind it. */
function timestampAt(bytes: Buffer, offset: number): { readonly time: string; readonly length: number } | undefined {
  const end = bytes.indexOf(space, offset);
  if (end === -1 || end - offset > longestTimestamp) return undefined;
  const time = canonicalTime(bytes.toString('latin1', offset, end));
  return time === undefined ? undefined : { time, length: end + 1 - offset };
}

function withoutInnerStamps(text: Buffer): Buffer {
  if (text.length <= pieceLength) return text;
  const pieces: Buffer[] = [];
  let from = 0;
  while (from < text.length) {
    const to = Math.min(from + pieceLength, text.length);
    pieces.push(text.subarray(from, to));
    from = to + (timestampAt(text, to)?.length ?? 0);
  }
  return Buffer.concat(pieces);
}

function decode(bytes: Buffer): string {
  const end = bytes.at(-1) === carriageReturn ? bytes.length - 1 : bytes.length;
  return bytes.toString('utf8', 0, end);
}
