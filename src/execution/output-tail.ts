import type { OutputChunk } from '../engine/engine.ts';

const mostLines = 10;
const mostCharacters = 2048;

/** The output of a command in lines, of which the last ones are kept. */
export interface OutputTail {
  /** Takes a piece of output in. */
  readonly take: (chunk: OutputChunk) => void;
  /** Tells lines that were not ended. */
  readonly end: () => void;
  /** At most the last 10 lines and 2048 characters; those of stderr if there are any. */
  readonly last: () => readonly string[];
}

/** Starts without output. `onLine` is told of each line as it ends. */
export function createOutputTail(onLine: (text: string) => void): OutputTail {
  const streams = { stdout: createStream(), stderr: createStream() };
  const tell = (stream: LineStream, lines: readonly string[]): void => {
    for (const line of lines) {
      stream.lines.push(line);
      onLine(line);
    }
    stream.lines.splice(0, stream.lines.length - mostLines);
  };
  return {
    take: ({ stream, data }) => {
      const own = streams[stream];
      const parts = (own.rest + own.decoder.decode(data, { stream: true })).split(/\r?\n/);
      own.rest = parts.pop() ?? '';
      tell(own, parts);
    },
    end: () => {
      for (const own of Object.values(streams)) {
        if (own.rest !== '') tell(own, [own.rest]);
        own.rest = '';
      }
    },
    last: () => shortened(streams.stderr.lines.length > 0 ? streams.stderr.lines : streams.stdout.lines),
  };
}

interface LineStream {
  readonly decoder: InstanceType<typeof TextDecoder>;
  readonly lines: string[];
  rest: string;
}

function createStream(): LineStream {
  return { decoder: new TextDecoder(), lines: [], rest: '' };
}

function shortened(lines: readonly string[]): readonly string[] {
  let left = mostCharacters;
  const kept: string[] = [];
  for (const line of lines.toReversed()) {
    if (left <= 0) break;
    kept.unshift(line.slice(-left));
    left -= line.length;
  }
  return kept;
}
