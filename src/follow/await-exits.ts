import type { Engine, EngineEvent } from '../engine/engine.ts';
import { isEngineError } from '../engine/engine-error.ts';
import { createEventFeed, type FeedListener } from '../engine/event-feed.ts';
import { PROJECT_LABEL, SERVICE_LABEL } from '../state/labels.ts';
import type { FollowingPorts } from './follow-logs.ts';

/** The first exit of a container that ran. */
export interface FirstExit {
  readonly id: string;
  readonly exitCode: number;
}

/**
 * The first exit of each container of these services that runs now, one-offs too, in the order in which they happen.
 * Ends after the last one, and at once if none runs. Throws the engine's error, and the signal's reason if aborted.
 */
export async function* awaitExits(
  ports: FollowingPorts,
  { project, services }: { readonly project: string; readonly services: readonly string[] },
  signal: AbortSignal,
): AsyncGenerator<FirstExit, void, undefined> {
  const labels = [`${PROJECT_LABEL}=${project}`];
  const feed = createEventFeed(ports, { types: ['container'], labels, events: ['die', 'destroy'] }, signal);
  const inbox = createInbox();
  feed.listen(inbox.listener);
  const onAbort = (): void => inbox.listener.lost(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    await feed.open();
    const running = await ports.engine.containers.list({ all: false, labels }, { signal });
    const pending = new Set(
      running.flatMap(({ Id: id, Labels: own }) => (services.includes(own[SERVICE_LABEL] ?? '') ? [id] : [])),
    );
    while (pending.size > 0) {
      const news = await inbox.take();
      const exits = news === 'look' ? await endedMeanwhile(ports.engine, pending, signal) : exitOf(news);
      for (const exit of exits) if (pending.delete(exit.id)) yield exit;
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
    await feed.close();
  }
}

/** What a feed tells, one after the other; `look` after a gap. */
interface Inbox {
  readonly listener: FeedListener;
  /** Throws what the feed was lost for. */
  readonly take: () => Promise<EngineEvent | 'look'>;
}

function createInbox(): Inbox {
  const news: (EngineEvent | 'look')[] = [];
  let failure: { readonly error: unknown } | undefined;
  let wake = (): void => undefined;
  const put = (item: EngineEvent | 'look'): void => {
    news.push(item);
    wake();
  };
  return {
    listener: {
      event: put,
      resumed: () => put('look'),
      lost: (error) => {
        failure ??= { error };
        wake();
      },
    },
    take: async () => {
      for (;;) {
        const next = news.shift();
        if (next !== undefined) return next;
        if (failure !== undefined) throw failure.error;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}

function exitOf({ Actor: { ID: id, Attributes: attributes } }: EngineEvent): readonly FirstExit[] {
  return [{ id, exitCode: Number(attributes['exitCode'] ?? '0') }];
}

async function endedMeanwhile(
  engine: Engine,
  pending: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<readonly FirstExit[]> {
  const looks = [...pending].map(async (id) => {
    try {
      const { State: state } = await engine.containers.inspect(id, { signal });
      return state.Running ? [] : [{ id, exitCode: state.ExitCode }];
    } catch (error) {
      if (isEngineError(error, 'not-found')) return [{ id, exitCode: 0 }];
      throw error;
    }
  });
  return (await Promise.all(looks)).flat();
}
