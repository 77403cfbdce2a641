import type { LogSource } from '../events/event.ts';
import { followLogs } from '../follow/follow-logs.ts';
import type { LogLine } from '../follow/log-line.ts';
import type { ContainerExit } from '../follow/monitor-exits.ts';
import { monitorExits } from '../follow/monitor-exits.ts';
import type { ComposePorts } from './ports.ts';

/** Which containers of a project are followed, and who is told. */
export interface FollowProjectOptions {
  readonly project: string;
  /** Services whose exits count. */
  readonly services: readonly string[];
  /** Services whose lines are shown. */
  readonly shown: readonly string[];
  /** Reading waits for the promise it gives, if it does: so a slow reader slows nobody but itself. */
  readonly onLine: (line: LogLine) => Promise<void> | undefined;
  /** Called after the lines that came before the exit, as far as they arrive within a moment. */
  readonly onExit: (exit: ContainerExit) => void;
  /** Called at the exit itself. */
  readonly onExitHeard?: (exit: ContainerExit) => void;
  /** Ends following at once. */
  readonly signal: AbortSignal;
  /** While this is not aborted following does not end, even if nothing lives. */
  readonly holdOpen: AbortSignal;
  /** Told of each start of a container, by its name, as soon as it is heard of. */
  readonly onStart?: (container: string) => void;
  /** Told of each container that is made in place of another. */
  readonly onRecreate?: (source: LogSource) => void;
  readonly onWarning?: (text: string) => void;
}

/** Following that has begun. */
export interface ProjectFollowing {
  /** Resolves when nothing that happens from now on is missed. */
  readonly listening: Promise<void>;
  /** Resolves when no followed container lives any more, or when aborted. */
  readonly ended: Promise<void>;
}

/** Lines are held back up to 200 ms to be put in order; an exit is told behind them. */
const exitDelayMilliseconds = 300;

/** Follows what the containers of a project write from now on, and how they end. */
export function followProject(ports: ComposePorts, options: FollowProjectOptions): ProjectFollowing {
  const { project, services, shown, signal, holdOpen, onStart, onRecreate } = options;
  const monitor = monitorExits(
    ports,
    { project, services },
    {
      signal,
      holdOpen,
      ...(onStart === undefined ? {} : { onStart }),
      ...(onRecreate === undefined ? {} : { onRecreate }),
    },
  );
  // Once all exits are told, every start has been heard of: only then may the lines end.
  const allExited = new AbortController();
  let begun = (): void => {};
  const linesBegun = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const lines = followLogs(
    ports,
    { project, services: shown },
    {
      signal,
      holdOpen: allExited.signal,
      follow: true,
      tail: '0',
      begun,
      ...(options.onWarning === undefined ? {} : { warn: options.onWarning }),
    },
  );
  const linesEnded = new AbortController();
  const showLines = async (): Promise<void> => {
    for await (const line of lines) {
      const slow = options.onLine(line);
      if (slow !== undefined) await slow;
    }
    linesEnded.abort();
  };
  const tellExits = async (): Promise<void> => {
    const told: Promise<void>[] = [];
    for await (const exit of monitor) {
      options.onExitHeard?.(exit);
      told.push(afterLines(ports, linesEnded.signal).then(() => options.onExit(exit)));
    }
    allExited.abort();
    await Promise.all(told);
  };
  const ended = Promise.all([showLines(), tellExits()]).then(() => {});
  // Whoever begins to follow may be busy with the plan when following fails; the failure waits for them.
  ended.catch(() => {});
  const listening = Promise.race([Promise.all([monitor.listening, linesBegun]), ended]).then(() => {});
  return { listening, ended };
}

async function afterLines({ clock }: ComposePorts, linesEnded: AbortSignal): Promise<void> {
  if (linesEnded.aborted) return;
  await clock.sleep(exitDelayMilliseconds, linesEnded).catch(() => {});
}
