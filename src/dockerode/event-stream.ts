import type { CallOptions, EngineEvent, EventQuery, EventStream } from '../engine/engine.ts';
import { EngineError } from '../engine/engine-error.ts';
import type { EngineConnection } from './engine-connection.ts';
import { jsonLines } from './json-lines.ts';
import { eventFilterNames } from './podman-differences.ts';

/** `GET /events`. Listening when it resolves; ends with an error unless it was closed or had an end of its own. */
export async function openEvents(
  connection: EngineConnection,
  query: EventQuery,
  barrier: () => Promise<unknown>,
  call: CallOptions | undefined,
): Promise<EventStream> {
  const filters: Record<string, readonly string[]> = {
    ...(query.labels === undefined ? {} : { label: query.labels }),
    ...(query.types === undefined ? {} : { type: query.types }),
    ...(query.events === undefined ? {} : { event: eventFilterNames(connection, query.events) }),
  };
  const stream = await connection.stream(
    { method: 'GET', path: '/events', query: { since: query.since, until: query.until, filters } },
    call,
  );
  let closed = false;
  const close = (): void => {
    closed = true;
    stream.destroy();
  };
  // The engine sends its headers just before it subscribes; by the answer to another call it has.
  await barrier().catch((error: unknown) => {
    close();
    throw error;
  });
  async function* events(): AsyncGenerator<EngineEvent, void, undefined> {
    try {
      for await (const line of jsonLines(connection.bytes(stream, call))) yield line as EngineEvent;
    } catch (error) {
      if (!closed) throw error;
    }
    if (!closed && query.until === undefined) {
      throw new EngineError('connection-lost', `the engine at ${connection.endpoint} ended its event stream`);
    }
  }
  const iterator = events();
  return { close, [Symbol.asyncIterator]: () => iterator };
}
