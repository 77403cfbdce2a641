import { canonicalTime } from './log-time.ts';

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
      let from = 0;
      for (let at = data.indexOf(newline); at !== -1; at = data.indexOf(newline, from)) {
        keep(data.subarray(from, at));
        lines.push(...finish(true));
        from = at + 1;
      }
      keep(data.subarray(from));
      if (length > longestLine) lines.push(...finish(false));
      return lines;
    },
    end: () => (length === 0 ? [] : finish(true)),
  };
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
