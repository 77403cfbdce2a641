import { TopsailError } from '../diagnostics/topsail-error.ts';
import type { ContainerInspect } from '../engine/container.ts';
import { isEngineError } from '../engine/engine-error.ts';
import { isNameTaken } from '../execution/engine-refusals.ts';
import { LEASED_LABEL, LOCK_LABEL } from '../state/labels.ts';
import type { OwnerJudge } from './judge-owner.ts';
import { ownerLabels, readOwner } from './lease.ts';
import { leaseTime, listLeases } from './lease-store.ts';
import type { InstancePorts } from './ports.ts';

const HOLDER_LABEL = `${LOCK_LABEL}.holder`;
const EXPIRES_LABEL = `${LOCK_LABEL}.expires`;

/** How often who waits looks whether the holder still lives, in milliseconds; that it is done is heard at once. */
const lookAgain = 1000;

/** So many images may vanish while a lock is made of them. */
const imageAttempts = 5;

/** A lock on one project of one engine, for all processes of all machines that use it. */
export interface InstanceLock {
  /** Safe to call twice. */
  release(): Promise<void>;
}

/** Who takes a lock, and what for. */
export interface LockRequest {
  readonly project: string;
  /** Holder of the lease whose expiry counts for those who cannot see the process; empty if there is none. */
  readonly holder: string;
  /** Any image of the engine serves; this one is pulled if it has none. */
  readonly image?: string;
  readonly signal?: AbortSignal;
}

/**
 * Takes the lock of a project; waits while somebody living has it. It is a container that is never started: names of containers are
 * the only thing of an engine that two processes cannot both have. Throws `lock-unavailable`, EngineError and the signal's
 * reason.
 */
export async function acquireLock(
  ports: InstancePorts,
  judge: OwnerJudge,
  request: LockRequest,
): Promise<InstanceLock> {
  let releases: Releases | undefined;
  try {
    for (;;) {
      const id = await tryLock(ports, judge, request);
      if (id !== undefined) return { release: () => removeLock(ports, id) };
      // Listening comes before looking, so that no release is missed.
      releases ??= await listenForReleases(ports, request);
      const found = await inspectLock(ports, request);
      if (found === undefined) continue;
      if (await isStale(ports, judge, found, request)) await removeLock(ports, found.Id);
      else await releases.next();
    }
  } finally {
    releases?.close();
  }
}

/** The project that a lock container is the lock of, and whether nobody holds it any more. */
export async function isStaleLock(ports: InstancePorts, judge: OwnerJudge, lock: ContainerInspect): Promise<boolean> {
  const project = lock.Config.Labels?.[LOCK_LABEL] ?? '';
  return isStale(ports, judge, lock, { project, holder: '' });
}

/** The lock, or undefined if somebody has it. */
async function tryLock(
  ports: InstancePorts,
  judge: OwnerJudge,
  request: LockRequest,
  attempts: number = imageAttempts,
): Promise<string | undefined> {
  try {
    return await createLock(ports, judge, request, await anyImage(ports, request));
  } catch (error) {
    // Somebody may remove the image meanwhile that the lock is to be made of.
    if (!isEngineError(error, 'not-found') || attempts === 1) throw error;
    return tryLock(ports, judge, request, attempts - 1);
  }
}

async function createLock(
  { engine, clock }: InstancePorts,
  { self }: OwnerJudge,
  request: LockRequest,
  image: string,
): Promise<string | undefined> {
  const labels = {
    [LOCK_LABEL]: request.project,
    [LEASED_LABEL]: 'true',
    [HOLDER_LABEL]: request.holder,
    [EXPIRES_LABEL]: String(clock.now() + leaseTime),
    ...ownerLabels(self),
  };
  try {
    const body = { Image: image, Cmd: ['true'], Labels: labels, HostConfig: { NetworkMode: 'none' } };
    const { id } = await engine.containers.create({ name: lockName(request.project), body }, callOf(request));
    return id;
  } catch (error) {
    if (isNameTaken(error)) return undefined;
    throw error;
  }
}

async function inspectLock(ports: InstancePorts, request: LockRequest): Promise<ContainerInspect | undefined> {
  const name = lockName(request.project);
  try {
    const found = await ports.engine.containers.inspect(name, callOf(request));
    if (found.Config.Labels?.[LOCK_LABEL] === request.project) return found;
  } catch (error) {
    if (isEngineError(error, 'not-found')) return undefined;
    throw error;
  }
  throw new TopsailError(
    'lock-unavailable',
    `project ${request.project} cannot be locked: ${name} is another container`,
  );
}

async function isStale(
  { engine }: InstancePorts,
  judge: OwnerJudge,
  { Config: { Labels: labels = {} } }: ContainerInspect,
  request: LockRequest,
): Promise<boolean> {
  const holder = labels[HOLDER_LABEL] ?? '';
  const leases = holder === '' ? [] : await listLeases(engine, request.project, callOf(request));
  const lease = leases.find((each) => each.holder === holder);
  const expiresAt = lease?.expiresAt ?? Number(labels[EXPIRES_LABEL] ?? 0);
  return (await judge.judge(readOwner(labels), expiresAt)) === 'gone';
}

/** The moments at which a lock may have become free. */
interface Releases {
  /** Ends when a lock was removed, and after a while. */
  next(): Promise<void>;
  close(): void;
}

async function listenForReleases({ engine, clock }: InstancePorts, request: LockRequest): Promise<Releases> {
  const labels = [`${LOCK_LABEL}=${request.project}`];
  const events = await engine.events({ types: ['container'], events: ['destroy'], labels }, callOf(request));
  const iterator = events[Symbol.asyncIterator]();
  // Without the stream, looking again after a while has to do.
  const listen = (): Promise<boolean> =>
    iterator.next().then(
      ({ done }) => done !== true,
      () => false,
    );
  let heard: Promise<boolean> | undefined = listen();
  const next = async (): Promise<void> => {
    const over = new AbortController();
    const signal = request.signal === undefined ? over.signal : AbortSignal.any([over.signal, request.signal]);
    const late = clock.sleep(lookAgain, signal).then(() => undefined);
    try {
      const first = await (heard === undefined ? late : Promise.race([heard, late]));
      if (first === true) heard = listen();
      else if (first === false) {
        heard = undefined;
        await late;
      }
    } finally {
      over.abort();
    }
  };
  return { next, close: () => events.close() };
}

async function removeLock({ engine }: InstancePorts, id: string): Promise<void> {
  try {
    await engine.containers.remove(id, { force: true, volumes: true });
  } catch (error) {
    if (!isEngineError(error, 'not-found')) throw error;
  }
}

async function anyImage({ engine }: InstancePorts, request: LockRequest): Promise<string> {
  const [found] = await engine.images.list({}, callOf(request));
  if (found !== undefined) return found.Id;
  if (request.image === undefined) {
    throw new TopsailError('lock-unavailable', `project ${request.project} cannot be locked: the engine has no image`);
  }
  for await (const _ of engine.images.pull(request.image, {}, callOf(request))) continue;
  return request.image;
}

function lockName(project: string): string {
  return `topsail-lock-${project}`;
}

function callOf({ signal }: LockRequest): { readonly signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}
