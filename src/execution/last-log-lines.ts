import type { ContainerInspect } from '../engine/container.ts';
import type { Engine } from '../engine/engine.ts';

const lineCount = 20;
const longestLine = 500;

/** The last lines that a container wrote, both streams as they came, at most 20, long ones cut. */
export async function lastLogLines(
  engine: Engine,
  inspect: ContainerInspect,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const request = { tail: String(lineCount), tty: inspect.Config.Tty === true };
  const decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() };
  let text = '';
  for await (const { stream, data } of engine.containers.logs(inspect.Id, request, { signal })) {
    text += decoders[stream].decode(data, { stream: true });
  }
  if (text === '') return [];
  return text.trimEnd().split(/\r?\n/).slice(-lineCount).map(cut);
}

function cut(line: string): string {
  return line.length > longestLine ? `${line.slice(0, longestLine)}…` : line;
}
