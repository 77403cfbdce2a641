import type { ContainerInspect } from '../engine/container.ts';
import type { Engine } from '../engine/engine.ts';
import { logSeconds, pastTime } from '../engine/log-time.ts';
import type { ReadyProbe } from '../state/ready-probe.ts';

/** Of a longer line only so many characters are looked at, so that output without line ends cannot take all memory. */
const longestLine = 65_536;

/**
 * Follows a container's output since the end of its run before, or all of it, until a line matches; false if the output ends
 * before. The start is no bound: the engine notes it after the process has begun to write. Rejects as `containers.logs`.
 */
export async function awaitLogLine(
  engine: Engine,
  { Id: id, Config: config, State: state }: ContainerInspect,
  { pattern, flags = 'u' }: Pick<Extract<ReadyProbe, { kind: 'log' }>, 'pattern' | 'flags'>,
  signal: AbortSignal,
): Promise<boolean> {
  const matcher = new RegExp(pattern, flags);
  const before = pastTime(state.FinishedAt);
  const since = before === undefined ? {} : { since: logSeconds(before) };
  const request = { follow: true, ...since, tail: 'all', tty: config.Tty === true };
  const readers = { stdout: createLineReader(), stderr: createLineReader() };
  for await (const { stream, data } of engine.containers.logs(id, request, { signal })) {
    for (const line of readers[stream].push(data)) if (matcher.test(line)) return true;
  }
  return [...readers.stdout.end(), ...readers.stderr.end()].some((line) => matcher.test(line));
}

interface LineReader {
  push(data: Uint8Array): readonly string[];
  end(): readonly string[];
}

function createLineReader(): LineReader {
  const decoder = new TextDecoder();
  let pending = '';
  return {
    push: (data) => {
      const lines = (pending + decoder.decode(data, { stream: true })).split(/\r?\n/);
      pending = (lines.pop() ?? '').slice(0, longestLine);
      return lines;
    },
    end: () => (pending === '' ? [] : [pending]),
  };
}
