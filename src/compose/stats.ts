import { isEngineError } from '../engine/engine-error.ts';
import { createEventFeed, type EventFeed } from '../engine/event-feed.ts';
import { ONE_OFF_LABEL, PROJECT_LABEL, SERVICE_LABEL } from '../state/labels.ts';
import { type ContainerFigures, containerFigures } from './container-figures.ts';
import type { ContainerRow } from './container-row.ts';
import type { ComposePorts } from './ports.ts';
import { ps } from './ps.ts';

/** What a container uses at the moment. */
export interface StatsRow {
  readonly container: Pick<ContainerRow, 'id' | 'name' | 'service'>;
  /** Undefined for a container that does not run. */
  readonly figures: ContainerFigures | undefined;
}

/** What `stats` may be told. */
export interface StatsOptions {
  readonly signal?: AbortSignal;
  /** Only this service. */
  readonly service?: string;
  /** Stopped containers too. */
  readonly all?: boolean;
}

/** One reading of every container of a project, one-offs too, newest container first. */
export async function stats(
  ports: Pick<ComposePorts, 'engine'>,
  project: string,
  options: StatsOptions = {},
): Promise<readonly StatsRow[]> {
  const call = options.signal === undefined ? {} : { signal: options.signal };
  const containers = await measured(ports, project, options);
  const read = async (container: ContainerRow): Promise<StatsRow> => {
    if (container.state !== 'running' && container.state !== 'paused') return { container, figures: undefined };
    const reading = await ports.engine.containers.stats(container.id, call).catch(gone);
    return { container, figures: reading && containerFigures(reading) };
  };
  return Promise.all(containers.map(read));
}

/** Milliseconds between two pictures. */
const pictureInterval = 500;

/**
 * Readings as they come, a picture of all containers every half second, with containers that start and without those that stop. Ends
 * when aborted.
 */
export async function* followStats(
  ports: ComposePorts,
  project: string,
  options: StatsOptions & { readonly signal: AbortSignal },
): AsyncGenerator<readonly StatsRow[], void, undefined> {
  const leaving = new AbortController();
  const signal = AbortSignal.any([options.signal, leaving.signal]);
  const labels = [
    `${PROJECT_LABEL}=${project}`,
    ...(options.service === undefined ? [] : [`${SERVICE_LABEL}=${options.service}`]),
  ];
  const feed = createEventFeed(ports, { types: ['container'], labels }, signal);
  const board = new StatsBoard(ports, options.all === true, signal);
  try {
    await board.listen(feed);
    for (const container of await measured(ports, project, { ...options, signal })) board.add(container);
    await board.complete();
    while (!signal.aborted) {
      if (board.failure !== undefined) throw board.failure.error;
      yield board.rows();
      await ports.clock.sleep(pictureInterval, signal);
    }
  } catch (error) {
    if (!options.signal.aborted) throw error;
  } finally {
    leaving.abort();
    await feed.close();
    await board.ended();
  }
}

/** The newest container first, as the engine lists them. */
async function measured(
  ports: Pick<ComposePorts, 'engine'>,
  project: string,
  { service, all = false, signal }: StatsOptions,
): Promise<readonly ContainerRow[]> {
  const rows = await ps(
    ports,
    { name: project, project: undefined },
    {
      all,
      oneOffs: true,
      services: service === undefined ? [] : [service],
      ...(signal === undefined ? {} : { signal }),
    },
  );
  return rows.toSorted((a, b) => b.createdAt - a.createdAt);
}

/** The latest reading of every container that is measured. */
class StatsBoard {
  readonly #ports: Pick<ComposePorts, 'engine'>;
  readonly #all: boolean;
  readonly #signal: AbortSignal;
  readonly #rows = new Map<string, StatsRow>();
  readonly #pumps: Promise<void>[] = [];
  readonly #firsts: Promise<void>[] = [];
  failure: { readonly error: unknown } | undefined;

  constructor(ports: Pick<ComposePorts, 'engine'>, all: boolean, signal: AbortSignal) {
    this.#ports = ports;
    this.#all = all;
    this.#signal = signal;
  }

  async listen(feed: EventFeed): Promise<void> {
    feed.listen({
      event: ({ Action: action, Actor: { ID: id, Attributes: attributes } }) => {
        if (attributes[ONE_OFF_LABEL] === undefined) return;
        const container = { id, name: attributes['name'] ?? id, service: attributes[SERVICE_LABEL] ?? '' };
        if (action === 'start' || (action === 'create' && this.#all)) this.#follow(container, action === 'start');
        if (action === 'destroy' || (action === 'die' && !this.#all)) this.#rows.delete(id);
        if (action === 'die' && this.#rows.has(id)) this.#rows.set(id, { container, figures: undefined });
      },
      resumed: () => undefined,
      lost: (error) => {
        this.failure = { error };
      },
    });
    await feed.open();
  }

  add(container: ContainerRow): void {
    if (!this.#rows.has(container.id)) this.#follow(container, container.state === 'running');
  }

  /** Resolves when every container has been read once. */
  async complete(): Promise<void> {
    await Promise.all(this.#firsts);
  }

  rows(): readonly StatsRow[] {
    return [...this.#rows.values()];
  }

  async ended(): Promise<void> {
    await Promise.all(this.#pumps);
  }

  #follow(container: StatsRow['container'], running: boolean): void {
    this.#rows.set(container.id, { container, figures: undefined });
    if (!running) return;
    this.#firsts.push(
      new Promise((resolve) => {
        this.#pumps.push(this.#pump(container, resolve).finally(resolve));
      }),
    );
  }

  async #pump(container: StatsRow['container'], read: () => void): Promise<void> {
    try {
      for await (const reading of this.#ports.engine.containers.followStats(container.id, { signal: this.#signal })) {
        if (!this.#rows.has(container.id)) return;
        this.#rows.set(container.id, { container, figures: containerFigures(reading) });
        read();
      }
    } catch (error) {
      if (!this.#signal.aborted && !isEngineError(error, 'not-found')) this.failure ??= { error };
    }
  }
}

function gone(error: unknown): undefined {
  if (!isEngineError(error, 'not-found')) throw error;
}
