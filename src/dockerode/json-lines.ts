import { EngineError } from '../engine/engine-error.ts';

/** The values of a stream of JSON texts, one a line, however the bytes were cut. Reads on only when the next value is asked for. */
export async function* jsonLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<unknown, void, undefined> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const piece of bytes) {
    const text = rest + decoder.decode(piece, { stream: true });
    const lines = text.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line.trim() !== '') yield parsed(line);
    }
  }
  rest += decoder.decode();
  if (rest.trim() !== '') yield parsed(rest);
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw new EngineError('server', `the engine sent a line that is not JSON: ${line.slice(0, 200)}`, { cause });
  }
}
