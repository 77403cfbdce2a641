import type { Address } from '../state/address.ts';
import type { DesiredDependency } from '../state/desired-state.ts';
import type { ObservedState } from '../state/observed-state.ts';
import type { StartableService } from '../state/startable-service.ts';
import { addFileCopy } from './add-file-copy.ts';
import { addHooks, canRunHooks } from './add-hooks.ts';
import { addPreStart } from './add-pre-start.ts';
import { ensureWait, type StartedReplica } from './add-waits.ts';
import { isAlive } from './container-state.ts';
import { groupBy } from './group-by.ts';
import type { PlanDraft } from './plan-draft.ts';
import type { StartReason } from './start-reason.ts';
import type { StartableReplica } from './startable-replica.ts';

/** What starts are planned from. */
export interface StartWork {
  /** Services in scope, dependencies first, each with as many entries as it has replicas. */
  readonly services: readonly { readonly service: StartableService; readonly replicas: readonly unknown[] }[];
  readonly policy: { readonly wait?: boolean; readonly confirmHealth?: boolean };
  readonly draft: PlanDraft;
  readonly observed: ObservedState;
  /** The nodes that bring an image; none if it is known to be there. */
  readonly imageNodes: (reference: string) => readonly string[];
}

/** Which replicas are started, and what becomes of the others. */
export interface StartChoice {
  readonly reasonOf: (replica: StartableReplica) => StartReason | undefined;
  /** Told of each replica that is not started. */
  readonly onUnchanged?: (replica: StartableReplica) => void;
}

/**
 * Adds the starts in dependency order, each after its own container and after the starts or waits of what its service
 * depends on; then, if asked for, waits for every service. Returns the node that starts each replica, by address.
 */
export function addStarts(
  work: StartWork,
  replicas: readonly StartableReplica[],
  choice: StartChoice,
): ReadonlyMap<Address, StartedReplica> {
  const started = new Map<string, readonly StartedReplica[]>();
  const byService = groupBy(replicas, ({ service }) => service.name);
  for (const { service } of work.services) {
    const own = byService.get(service.name) ?? [];
    const starting = service.oneOff === true || own.some((replica) => choice.reasonOf(replica) !== undefined);
    // Nothing waits for what is running already on behalf of what is running already: an up-to-date project is left alone.
    const awaited = (name: string): readonly StartedReplica[] =>
      (started.get(name) ?? []).filter(({ start }) => starting || start !== undefined);
    const needs = own.length === 0 ? [] : dependencyNeeds(work, service.name, service.dependencies, awaited);
    if (service.oneOff === true) {
      // Whoever attaches to it starts it, so that it is created once it may start.
      for (const { address } of own) work.draft.need(`create ${address}`, needs);
      continue;
    }
    started.set(service.name, startService(work, service, own, needs, choice));
  }
  if (work.policy.wait === true) waitForAll(work, started);
  else if (work.policy.confirmHealth === true) confirmHealth(work.draft, started);
  return new Map([...started.values()].flat().map((replica) => [replica.address, replica]));
}

/** What must have happened to the dependencies before a service starts. */
function dependencyNeeds(
  work: StartWork,
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

function startService(
  work: StartWork,
  service: StartableService,
  replicas: readonly StartableReplica[],
  dependencies: readonly string[],
  choice: StartChoice,
): readonly StartedReplica[] {
  const starting = replicas.flatMap((replica) => {
    const reason = choice.reasonOf(replica);
    if (reason === undefined) choice.onUnchanged?.(replica);
    return reason === undefined ? [] : [{ replica, reason, needs: needsOf(work, replica, reason, dependencies) }];
  });
  const noneRuns = starting.length === replicas.length && starting.every(({ reason }) => reason.restart === undefined);
  const before = noneRuns
    ? addPreStart(
        work,
        service,
        starting,
        starting.flatMap(({ needs }) => needs),
      )
    : undefined;
  return replicas.map((replica) => {
    const found = starting.find((each) => each.replica === replica);
    if (found === undefined) return { ...replica, start: undefined, startGuard: undefined };
    const needs = before === undefined ? found.needs : [...found.needs, before];
    return { ...replica, start: addStart(work.draft, replica, found.reason, needs), startGuard: found.reason.guard };
  });
}

/** What has to have happened before one replica starts. */
function needsOf(
  { draft }: StartWork,
  replica: StartableReplica,
  reason: StartReason,
  dependencies: readonly string[],
): readonly string[] {
  const { address, container } = replica;
  const stop = `stop ${address}`;
  const stopped = draft.get(stop) === undefined ? [] : [stop];
  const copy =
    replica.outcome === 'kept' && container !== undefined && !isAlive(container)
      ? addFileCopy(draft, replica, container.id, replica.ready, reason)
      : undefined;
  return [...replica.ready, ...(copy === undefined ? [] : [copy]), ...stopped, ...dependencies];
}

/**
 * Adds the start of a replica, or its restart in place, with the hooks around it, and returns the node after which it
 * counts as started.
 */
function addStart(
  draft: PlanDraft,
  { address, name, container, service }: StartableReplica,
  { restart, cause, guard }: StartReason,
  needs: readonly string[],
): string {
  const target = { kind: 'latest', address, name, id: container?.id } as const;
  const step = { address, cause, guard, container: target };
  const before =
    restart !== undefined && container !== undefined && canRunHooks(container)
      ? addHooks(draft, service, { ...step, moment: 'pre_stop', needs }).slice(-1)
      : [];
  const acts = { service: service.name, container: target };
  const start = draft.add({
    id: `${restart === undefined ? 'start' : 'restart'} ${address}`,
    address,
    operation:
      restart === undefined
        ? { kind: 'start-container', ...acts }
        : { kind: 'restart-container', ...acts, timeoutSeconds: restart.timeoutSeconds },
    needs: before.length === 0 ? needs : before,
    cause,
    ...(guard === undefined ? {} : { guard }),
  });
  return addHooks(draft, service, { ...step, moment: 'post_start', needs: [start] }).at(-1) ?? start;
}

/** `--wait`: a service that others expect to complete must complete, every other one must run or be healthy. */
function waitForAll(work: StartWork, started: ReadonlyMap<string, readonly StartedReplica[]>): void {
  const completing = new Set(
    work.services
      .filter(({ replicas }) => replicas.length > 0)
      .flatMap(({ service }) => service.dependencies)
      .filter(({ condition }) => condition === 'service_completed_successfully')
      .map(({ service }) => service),
  );
  for (const [name, replicas] of started) {
    for (const replica of replicas) {
      const confirm = work.policy.confirmHealth === true;
      if (completing.has(name)) ensureWait(work.draft, replica, 'completed', { required: true, dependent: undefined });
      else if (confirm || !isAwaited(work.draft, replica)) {
        const wait = confirm
          ? addConfirmation(work.draft, replica)
          : ensureWait(work.draft, replica, 'running-or-healthy', { required: true, dependent: undefined });
        if (wait === undefined) noticeReady(work.draft, replica);
      }
    }
  }
}

/** What the dependents of this plan wait for is shown healthy by the engine too when it ends. */
function confirmHealth(draft: PlanDraft, started: ReadonlyMap<string, readonly StartedReplica[]>): void {
  for (const replica of [...started.values()].flat()) {
    if (isAwaited(draft, replica)) addConfirmation(draft, replica);
  }
}

/** After the wait of its dependents, so that a failure is told once. */
function addConfirmation(draft: PlanDraft, replica: StartedReplica): string | undefined {
  const id = ensureWait(draft, replica, 'confirmed', { required: true, dependent: undefined });
  if (id !== undefined && isAwaited(draft, replica)) draft.need(id, [waitOf(replica)]);
  return id;
}

function isAwaited(draft: PlanDraft, replica: StartedReplica): boolean {
  return draft.get(waitOf(replica)) !== undefined;
}

function waitOf({ address }: StartedReplica): string {
  return `wait ${address} healthy`;
}

/** What was asked to be waited for is told of, also when it has been as wished all along. */
function noticeReady(draft: PlanDraft, { address, name, container }: StartedReplica): void {
  if (container?.status === 'running') draft.notice({ kind: 'up-to-date', address, name, text: 'healthy' });
}
