import type { EngineEvent } from '../engine/engine.ts';
import { LABEL_PREFIX, ONE_OFF_LABEL, PROJECT_LABEL, SERVICE_LABEL } from '../state/labels.ts';
import { parseLogTime } from './parse-log-time.ts';
import type { ComposePorts } from './ports.ts';
import { checkServiceNames, type ProjectReference } from './project-reference.ts';

/** Something that happened to a container of a project. */
export interface ContainerEvent {
  /** Microseconds since the epoch. */
  readonly time: number;
  /** The engine's word, such as `start` or `health_status: healthy`. */
  readonly action: string;
  readonly id: string;
  readonly service: string;
  /** What the engine says beside, by name; labels of Compose are left out. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** What `events` may be told. */
export interface EventsOptions {
  readonly signal?: AbortSignal;
  readonly services?: readonly string[];
  /** RFC 3339, seconds since the epoch, or how long ago. */
  readonly since?: string;
  readonly until?: string;
}

/**
 * What happens to the containers of a project, one-offs left out, until a time or for ever (compose-surface 2.5). Throws
 * `no-such-service`, `invalid-time` and EngineError; ends when aborted.
 */
export async function* events(
  ports: ComposePorts,
  reference: ProjectReference,
  options: EventsOptions = {},
): AsyncGenerator<ContainerEvent, void, undefined> {
  const { services = [], since, until, signal } = options;
  checkServiceNames(reference, services);
  const now = ports.clock.now();
  const query = {
    types: ['container'],
    labels: [`${PROJECT_LABEL}=${reference.name}`],
    ...(since === undefined ? {} : { since: parseLogTime(since, now, 'since') }),
    ...(until === undefined ? {} : { until: parseLogTime(until, now, 'until') }),
  };
  try {
    const stream = await ports.engine.events(query, signal === undefined ? {} : { signal });
    try {
      for await (const event of stream) {
        const { Attributes: labels } = event.Actor;
        const service = labels[SERVICE_LABEL];
        if (service === undefined || labels[ONE_OFF_LABEL] === 'True') continue;
        if (services.length === 0 || services.includes(service)) yield containerEvent(event, service);
      }
    } finally {
      stream.close();
    }
  } catch (error) {
    if (signal?.aborted !== true) throw error;
  }
}

function containerEvent({ Action: action, Actor: actor, timeNano }: EngineEvent, service: string): ContainerEvent {
  const names = Object.keys(actor.Attributes).filter((name) => !name.startsWith(LABEL_PREFIX));
  return {
    time: Math.floor(timeNano / 1000),
    action,
    id: actor.ID,
    service,
    attributes: Object.fromEntries(names.toSorted().map((name) => [name, actor.Attributes[name] ?? ''])),
  };
}
