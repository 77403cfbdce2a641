import type { CarryOutOptions } from '../compose/up-options.ts';
import type { EventSink } from '../events/event.ts';
import { filterEvents } from '../events/event-sinks.ts';
import { ask } from './ask.ts';
import type { Session } from './session.ts';
import { usageError } from './usage-error.ts';

/** How a command of this session carries plans out. */
export function carryOutOptionsOf(
  session: Session,
  sink: EventSink,
  flags: { readonly yes?: boolean; readonly quietPull?: boolean },
): CarryOutOptions {
  const limit = parallelLimit(session);
  return {
    signal: session.interrupts.signal,
    onEvent: flags.quietPull === true ? filterEvents((event) => !isPullLayer(event), sink) : sink,
    ...(limit === undefined ? {} : { pullParallelism: limit }),
    confirm: (question) => (flags.yes === true ? true : ask(session, question.question, question.defaultAnswer)),
  };
}

function isPullLayer(event: Parameters<EventSink>[0]): boolean {
  return event.type === 'node-progress' && event.operation === 'pull-image';
}

function parallelLimit({ flags, host }: Session): number | undefined {
  const text = host.environment['COMPOSE_PARALLEL_LIMIT'] ?? '';
  if (flags.parallel === undefined && text !== '' && !/^-?\d+$/.test(text)) {
    throw usageError(`COMPOSE_PARALLEL_LIMIT must be an integer (found: ${JSON.stringify(text)})`);
  }
  const limit = flags.parallel ?? (text === '' ? -1 : Number(text));
  return limit > 0 ? limit : undefined;
}
