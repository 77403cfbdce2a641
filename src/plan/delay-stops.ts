import { needBeforeStop } from './container-steps.ts';
import type { PreparedReplica, UpWork } from './up-work.ts';

/**
 * Lets a container that is replaced run until what the new one depends on is ready, so that it is away for as short as
 * can be and stays if the dependency fails. Not where that would make a circle: a dependent that stops before its
 * dependency, or ports that pass from one to another.
 */
export function delayStops({ draft }: UpWork, replicas: readonly PreparedReplica[]): void {
  for (const { address, replaces, ready } of replicas) {
    const start = draft.get(`start ${address}`);
    const stop = `stop ${address}`;
    if (replaces === undefined || start === undefined || draft.get(stop) === undefined) continue;
    const others = start.needs.filter((need) => need !== stop && !ready.includes(need));
    needBeforeStop(
      draft,
      stop,
      others.filter((need) => need !== stop && !draft.comesAfter(need, stop)),
    );
  }
}
