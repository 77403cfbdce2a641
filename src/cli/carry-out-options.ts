import type { CarryOutOptions } from '../compose/up-options.ts';
import type { EventSink } from '../events/event.ts';
import { filterEvents } from '../events/event-sinks.ts';
import type { Named } from '../project/project.ts';
import { ask } from './ask.ts';
import { parallelLimit } from './parallel-limit.ts';
import type { Session } from './session.ts';

/** How a command of this session carries plans out. `environment`: with what the project's env files add, if it is loaded. */
export function carryOutOptionsOf(
  session: Session,
  sink: EventSink,
  flags: { readonly yes?: boolean; readonly quietPull?: boolean; readonly quietBuild?: boolean },
  environment: Named<string> = session.host.environment,
): CarryOutOptions {
  const limit = parallelLimit(session.flags, environment);
  return {
    signal: session.interrupts.signal,
    dryRun: session.flags.dryRun === true,
    onEvent: quieted(sink, flags),
    ...(limit === undefined ? {} : { pullParallelism: limit }),
    confirm: (question) => (flags.yes === true ? true : ask(session, question.question, question.defaultAnswer)),
  };
}

function quieted(
  sink: EventSink,
  { quietPull, quietBuild }: { readonly quietPull?: boolean; readonly quietBuild?: boolean },
): EventSink {
  const isQuiet = (event: Parameters<EventSink>[0]): boolean =>
    (quietPull === true && isPullLayer(event)) || (quietBuild === true && event.type.startsWith('build-'));
  return quietPull === true || quietBuild === true ? filterEvents((event) => !isQuiet(event), sink) : sink;
}

function isPullLayer(event: Parameters<EventSink>[0]): boolean {
  return event.type === 'node-progress' && event.operation === 'pull-image';
}
