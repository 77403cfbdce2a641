import { isAlive } from './container-state.ts';
import { ensureStop, needBeforeStop } from './container-steps.ts';
import { groupBy } from './group-by.ts';
import type { Restarts } from './restarts.ts';
import type { PreparedReplica, UpWork } from './up-work.ts';

/**
 * Where a service says so (`depends_on: {restart: true}`), its containers are stopped before the dependency is replaced
 * and started again afterwards.
 */
export function restartDependents(work: UpWork, replicas: readonly PreparedReplica[], restarts: Restarts): void {
  const recreated = groupBy(
    replicas.filter(({ outcome }) => outcome === 'recreated'),
    ({ service }) => service.name,
  );
  for (const dependent of replicas) {
    const { container, service } = dependent;
    if (container === undefined || !isAlive(container)) continue;
    for (const { restart, service: name } of service.dependencies) {
      for (const dependency of restart ? (recreated.get(name) ?? []) : []) {
        stopBefore(work, dependent, container, dependency, restarts);
      }
    }
  }
}

function stopBefore(
  work: UpWork,
  dependent: PreparedReplica,
  container: NonNullable<PreparedReplica['container']>,
  dependency: PreparedReplica,
  restarts: Restarts,
): void {
  const cause = `${dependency.service.name} is recreated`;
  const { guard } = dependency;
  const stop = ensureStop(work.draft, container, {
    address: dependent.address,
    cause,
    guard,
    timeoutSeconds: work.policy.stopTimeoutSeconds,
  });
  restarts.add(container.id, cause, guard);
  if (stop !== undefined) needBeforeStop(work.draft, `stop ${dependency.address}`, [stop]);
}
