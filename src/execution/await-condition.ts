import type { Clock } from '../engine/clock.ts';
import type { WaitCondition } from '../plan/operation.ts';
import type { ContainerSight } from './container-sight.ts';
import type { WatchSubject } from './container-watch.ts';
import type { ContainerWatches } from './container-watches.ts';
import { judgeWait, type Verdict } from './judge-wait.ts';

/** How a wait ended, and on what grounds. */
export interface WaitEnd {
  readonly verdict: Exclude<Verdict, { readonly kind: 'waiting' }>;
  readonly sight: ContainerSight;
}

/** Waits until a container's state decides the condition one way or the other. Rejects when aborted or when the engine is lost. */
export async function awaitCondition(
  ports: { readonly watches: ContainerWatches; readonly clock: Clock },
  subject: WatchSubject,
  condition: WaitCondition,
  signal: AbortSignal,
): Promise<WaitEnd> {
  const checks = condition === 'healthy' || condition === 'running-or-healthy' || condition === 'confirmed';
  const news = createNews();
  const leave = await ports.watches.follow(subject, checks, news);
  // A container has held only if the engine says so after that time: news of its end may be under way.
  let heldUntil: number | undefined;
  try {
    for (;;) {
      signal.throwIfAborted();
      const sight = news.latest();
      const verdict: Verdict =
        sight === undefined
          ? { kind: 'waiting', recheckAt: undefined }
          : judgeWait(condition, sight, ports.clock.now());
      if (verdict.kind === 'met' && heldUntil !== undefined && ports.clock.now() >= heldUntil) {
        heldUntil = undefined;
        await ports.watches.follow(subject, checks, news);
        continue;
      }
      if (sight !== undefined && verdict.kind !== 'waiting') return { verdict, sight };
      heldUntil = verdict.kind === 'waiting' ? verdict.recheckAt : undefined;
      await news.next(ports.clock, heldUntil, signal);
    }
  } finally {
    leave();
  }
}

interface News {
  seen(sight: ContainerSight): void;
  failed(error: unknown): void;
  /** The latest sight; throws if there will be no more. */
  latest(): ContainerSight | undefined;
  /** Resolves at the next news, or at that time. */
  next(clock: Clock, until: number | undefined, signal: AbortSignal): Promise<void>;
}

function createNews(): News {
  let sight: ContainerSight | undefined;
  let failure: { readonly error: unknown } | undefined;
  let unread = false;
  let wake = (): void => undefined;
  const tell = (): void => {
    unread = true;
    wake();
  };
  return {
    seen: (next) => {
      sight = next;
      tell();
    },
    failed: (error) => {
      failure = { error };
      tell();
    },
    latest: () => {
      unread = false;
      if (failure !== undefined) throw failure.error;
      return sight;
    },
    next: async (clock, until, signal) => {
      if (unread) return;
      const done = new AbortController();
      const either = AbortSignal.any([signal, done.signal]);
      try {
        await new Promise<void>((resolve, reject) => {
          wake = resolve;
          signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true, signal: done.signal });
          if (until !== undefined) clock.sleep(until - clock.now(), either).then(resolve, () => undefined);
        });
      } finally {
        wake = () => undefined;
        done.abort();
      }
    },
  };
}
