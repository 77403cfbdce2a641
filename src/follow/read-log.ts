import { errorMessage } from '../diagnostics/thrown.ts';
import type { Engine, LogRequest } from '../engine/engine.ts';
import { isEngineError } from '../engine/engine-error.ts';
import type { LogSource } from '../events/event.ts';
import type { LogLine } from './log-line.ts';
import { createLogSplitter, type StampedLine } from './split-log.ts';

/** Which part of a log to read; the members are those of the engine's call. */
export type LogPart = Omit<LogRequest, 'timestamps' | 'tty'>;

/** A container whose log is read. */
export interface LogContainer {
  readonly id: string;
  readonly source: LogSource;
  readonly tty: boolean;
}

/**
 * Reads one log call of one container as lines. A container that is gone has no lines. Rejects with the engine's error otherwise,
 * also for a log driver that cannot be read (see {@link isUnreadable}).
 */
export async function* readLog(
  engine: Engine,
  container: LogContainer,
  part: LogPart,
  signal: AbortSignal,
): AsyncGenerator<LogLine, void, undefined> {
  const splitters = { stdout: createLogSplitter(), stderr: createLogSplitter() };
  const toLine = (stream: LogLine['stream'], { text, timestamp }: StampedLine): LogLine => ({
    source: container.source,
    stream,
    text,
    timestamp,
  });
  const request = { ...part, timestamps: true, tty: container.tty };
  try {
    for await (const { stream, data } of engine.containers.logs(container.id, request, { signal })) {
      for (const line of splitters[stream].push(data)) yield toLine(stream, line);
    }
  } catch (error) {
    if (!isEngineError(error, 'not-found')) throw error;
  }
  for (const stream of ['stdout', 'stderr'] as const) {
    for (const line of splitters[stream].end()) yield toLine(stream, line);
  }
}

/** Whether the container's log driver keeps nothing that can be read. */
export function isUnreadable(error: unknown): boolean {
  return isEngineError(error) && /does not support reading/i.test(error.message);
}

/** What to say of a container whose log cannot be read. */
export function unreadableWords({ source }: LogContainer, error: unknown): string {
  return `Can't retrieve logs for "${source.container}": ${errorMessage(error)}`;
}
