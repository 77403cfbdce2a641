import type { DesiredDependency } from '../state/desired-state.ts';
import { addFileCopy } from './add-replicas.ts';
import { ensureWait, type StartedReplica } from './add-waits.ts';
import { isAlive } from './container-state.ts';
import { groupBy } from './group-by.ts';
import { mergeGuards } from './merge-guards.ts';
import type { Guard } from './plan.ts';
import type { Restarts } from './restarts.ts';
import type { PreparedReplica, UpWork } from './up-work.ts';

/**
 * Adds the starts in dependency order, each after its own container and after the starts or waits of what its service
 * depends on; then, if asked for, waits for every service.
 */
export function addStarts(work: UpWork, replicas: readonly PreparedReplica[], restarts: Restarts): void {
  const started = new Map<string, readonly StartedReplica[]>();
  const byService = groupBy(replicas, ({ service }) => service.name);
  for (const { service } of work.services) {
    const own = byService.get(service.name) ?? [];
    const starting = own.some((replica) => startReason(replica, restarts) !== undefined);
    // Nothing waits for what is running already on behalf of what is running already: an up-to-date project is left alone.
    const awaited = (name: string): readonly StartedReplica[] =>
      (started.get(name) ?? []).filter(({ start }) => starting || start !== undefined);
    const needs = own.length === 0 ? [] : dependencyNeeds(work, service.name, service.dependencies, awaited);
    started.set(
      service.name,
      own.map((replica) => startReplica(work, replica, needs, restarts)),
    );
  }
  if (work.policy.wait === true) waitForAll(work, started);
}

/** What must have happened to the dependencies before a service starts. */
function dependencyNeeds(
  work: UpWork,
  dependent: string,
  dependencies: readonly DesiredDependency[],
  awaited: (service: string) => readonly StartedReplica[],
): readonly string[] {
  return dependencies.flatMap(({ service, condition, required }) =>
    awaited(service).flatMap((replica) => {
      const options = { required, dependent };
      switch (condition) {
        case 'service_started':
          if (replica.start === undefined) return [];
          return required ? [replica.start] : (ensureWait(work.draft, replica, 'running', options) ?? []);
        case 'service_healthy':
          return ensureWait(work.draft, replica, 'healthy', options) ?? [];
        case 'service_completed_successfully':
          return ensureWait(work.draft, replica, 'completed', options) ?? [];
      }
    }),
  );
}

/** Why a replica is started, and under which guard; undefined if it is not. */
type StartReason = { readonly cause: string; readonly guard: Guard | undefined } | undefined;

function startReplica(
  work: UpWork,
  replica: PreparedReplica,
  dependencies: readonly string[],
  restarts: Restarts,
): StartedReplica {
  const reason = startReason(replica, restarts);
  if (reason === undefined) {
    noticeUnchanged(work, replica);
    return { ...replica, start: undefined, startGuard: undefined };
  }
  const { address, name, container, service } = replica;
  const stopped = work.draft.get(`stop ${address}`) === undefined ? [] : [`stop ${address}`];
  const copy =
    replica.outcome === 'kept' && container !== undefined && !isAlive(container)
      ? addFileCopy(work, replica, container.id, replica.ready, reason)
      : undefined;
  const start = work.draft.add({
    id: `start ${address}`,
    address,
    operation: {
      kind: 'start-container',
      service: service.name,
      container: { kind: 'latest', address, name, id: container?.id },
    },
    needs: [...replica.ready, ...(copy === undefined ? [] : [copy]), ...stopped, ...dependencies],
    cause: reason.cause,
    ...(reason.guard === undefined ? {} : { guard: reason.guard }),
  });
  return { ...replica, start, startGuard: reason.guard };
}

function startReason(replica: PreparedReplica, restarts: Restarts): StartReason {
  const { container, outcome, guard, service } = replica;
  if (container === undefined || outcome === 'created') return { cause: 'created', guard: undefined };
  const restart = restarts.get(container.id);
  if (outcome === 'recreated') {
    if (!isAlive(container)) return { cause: 'recreated', guard: undefined };
    return { cause: 'recreated', guard: restart === undefined ? guard : mergeGuards(guard, restart.guard) };
  }
  if (restart !== undefined) return restart;
  if (isAlive(container)) return undefined;
  if (service.runOnce && container.status === 'exited' && container.exitCode === 0) return undefined;
  if (container.status === 'exited') return { cause: `it has exited (${container.exitCode ?? '?'})`, guard: undefined };
  return { cause: 'not started yet', guard: undefined };
}

function noticeUnchanged(work: UpWork, { address, container, name, ready }: PreparedReplica): void {
  if (container?.status === 'paused') {
    work.draft.notice({ kind: 'warning', address, text: `container ${container.name} is paused; it is left so` });
    return;
  }
  if (ready.length > 0) return;
  const text = container?.status === 'exited' ? 'it has completed and runs once only' : 'up to date';
  work.draft.notice({ kind: 'up-to-date', address, name, text });
}

/** `--wait`: a service that others expect to complete must complete, every other one must run or be healthy. */
function waitForAll(work: UpWork, started: ReadonlyMap<string, readonly StartedReplica[]>): void {
  const completing = new Set(
    work.services
      .filter(({ replicas }) => replicas.length > 0)
      .flatMap(({ service }) => service.dependencies)
      .filter(({ condition }) => condition === 'service_completed_successfully')
      .map(({ service }) => service),
  );
  for (const [name, replicas] of started) {
    for (const replica of replicas) {
      const awaited = work.draft.get(`wait ${replica.address} healthy`) !== undefined;
      if (completing.has(name)) ensureWait(work.draft, replica, 'completed', { required: true, dependent: undefined });
      else if (!awaited) {
        ensureWait(work.draft, replica, 'running-or-healthy', { required: true, dependent: undefined });
      }
    }
  }
}
