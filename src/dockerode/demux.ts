import type { OutputChunk } from '../engine/engine.ts';
import { EngineError } from '../engine/engine-error.ts';

const headerLength = 8;
/** Frames up to this length are given out whole, as a timestamp stands at the start of each; longer ones in pieces. */
const wholeFrameLength = 1 << 20;
const noBytes = new Uint8Array(0);

type FrameStream = OutputChunk['stream'] | 'failure';

/** By a frame's first byte; 3 is an error of the engine itself. */
const frameStreams: readonly FrameStream[] = ['stdout', 'stdout', 'stderr', 'failure'];

/**
 * The output in a multiplexed stream: frames of an 8 byte header (stream, three zeros, length) and the bytes. Reads on only
 * when the next chunk is asked for. A stream that does not begin with a frame was never multiplexed and is all stdout.
 */
export async function* demux(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<OutputChunk, void, undefined> {
  const reader = new FrameReader();
  for await (const piece of bytes) yield* joined(reader.read(piece));
  yield* reader.end();
}

/** Frames of one stream that came together, as one chunk: a short line has a frame of its own. */
function* joined(chunks: Iterable<OutputChunk>): Generator<OutputChunk, void, undefined> {
  let stream: OutputChunk['stream'] = 'stdout';
  let parts: Uint8Array[] = [];
  for (const chunk of chunks) {
    if (chunk.stream !== stream && parts.length > 0) {
      yield { stream, data: together(parts) };
      parts = [];
    }
    stream = chunk.stream;
    parts.push(chunk.data);
  }
  if (parts.length > 0) yield { stream, data: together(parts) };
}

function together(parts: readonly Uint8Array[]): Uint8Array {
  const [first = noBytes] = parts;
  return parts.length === 1 ? first : Buffer.concat(parts);
}

/** Output that is not multiplexed, as of a terminal. */
export async function* rawOutput(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<OutputChunk, void, undefined> {
  for await (const data of bytes) yield { stream: 'stdout', data };
}

class FrameReader {
  #mode: 'beginning' | 'frames' | 'raw' = 'beginning';
  #pending: Uint8Array = noBytes;
  /** The frame whose header has been read. */
  #frame: { readonly stream: FrameStream; remaining: number } | undefined;

  *read(piece: Uint8Array): Generator<OutputChunk, void, undefined> {
    const data = this.#pending.length === 0 ? piece : new Uint8Array(Buffer.concat([this.#pending, piece]));
    this.#pending = noBytes;
    let offset = 0;
    while (offset < data.length) {
      const rest = data.subarray(offset);
      const taken = this.#mode === 'raw' ? rest.length : this.#length(rest);
      if (taken === undefined) {
        this.#pending = rest;
        return;
      }
      const chunk = this.#take(rest.subarray(0, taken));
      offset += taken;
      if (chunk !== undefined) yield chunk;
    }
  }

  *end(): Generator<OutputChunk, void, undefined> {
    if (this.#mode === 'beginning' && this.#pending.length > 0) yield { stream: 'stdout', data: this.#pending };
  }

  /** How many bytes belong together next: a header, or as much of the frame as there is; undefined to wait for more. */
  #length(data: Uint8Array): number | undefined {
    const frame = this.#frame;
    if (frame === undefined) return data.length < headerLength ? undefined : headerLength;
    if (data.length >= frame.remaining) return frame.remaining;
    return data.length < wholeFrameLength ? undefined : data.length;
  }

  #take(data: Uint8Array): OutputChunk | undefined {
    const frame = this.#frame;
    if (this.#mode === 'raw') return { stream: 'stdout', data };
    if (frame === undefined) return this.#header(data);
    frame.remaining -= data.length;
    if (frame.remaining === 0) this.#frame = undefined;
    if (frame.stream === 'failure') throw new EngineError('server', new TextDecoder().decode(data).trim());
    return { stream: frame.stream, data };
  }

  #header(data: Uint8Array): OutputChunk | undefined {
    const stream = data[1] === 0 && data[2] === 0 && data[3] === 0 ? frameStreams[data[0] ?? 255] : undefined;
    if (stream === undefined) {
      if (this.#mode !== 'beginning') throw new EngineError('server', 'the engine sent output with a malformed frame');
      this.#mode = 'raw';
      return { stream: 'stdout', data };
    }
    this.#mode = 'frames';
    const length = (data[4] ?? 0) * 2 ** 24 + (data[5] ?? 0) * 2 ** 16 + (data[6] ?? 0) * 2 ** 8 + (data[7] ?? 0);
    this.#frame = length === 0 ? undefined : { stream, remaining: length };
    return undefined;
  }
}
