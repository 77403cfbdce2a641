import { createHash } from 'node:crypto';
import { checkStartable } from '../compose/check-startable.ts';
import type { LoadedProject } from '../compose/load-project-strictly.ts';
import { up as upProject } from '../compose/up.ts';
import type { UpOptions } from '../compose/up-options.ts';
import type { Engine } from '../engine/engine.ts';
import { type HeldLease, holdLease, type Watcher } from '../instances/lease-keeper.ts';
import type { InstancePorts } from '../instances/ports.ts';
import { systemProcessTable } from '../instances/process-table.ts';
import { type SharedCopy, shareCopy } from '../instances/share-copy.ts';
import { type SweepOptions, type SweepReport, sweep as sweepEngine } from '../instances/sweep.ts';
import { tearDown } from '../instances/tear-down.ts';
import { type WatchedEngine, watcherProcess } from '../instances/watcher-process.ts';
import { normalizeProjectName } from '../project/project-name.ts';
import { type InstanceOptions, instance } from './instance.ts';
import { type ExistingProject, type ProjectSource, refer } from './load.ts';
import { type CallChoice, defaultInputs, openPorts, signalOf, withEngine } from './open-engine.ts';

/** This process's word that it needs a copy: should the process be killed, the copy goes within seconds. */
export interface Lease extends AsyncDisposable {
  /** Project name of the copy. */
  readonly project: string;
  /** Removes the copy, its containers by kill, and gives the lease up. Safe to call twice. */
  end(): Promise<void>;
  /** Gives the lease up and leaves what is there, until it is taken down or thoroughly swept. */
  release(): Promise<void>;
}

/**
 * Takes a lease on a copy, before it is brought up: `await using kept = await lease(copy)`. A leased copy without a living
 * holder is removed by the watcher process of its holder or, if that was killed too, by the next sweep. Throws EngineError.
 */
export async function lease(source: ExistingProject, options: CallChoice = {}): Promise<Lease> {
  const { name: project } = await refer(source);
  const { ports, release: close } = await openPorts(options);
  const instancePorts = withProcesses(ports);
  let held: HeldLease;
  try {
    held = await holdLease(instancePorts, watcherOf(options, ports.engine), project, signalOf(options));
  } catch (error) {
    await close();
    throw error;
  }
  let over: Promise<void> | undefined;
  const once = (remove: boolean): Promise<void> => {
    const work = async (): Promise<void> => {
      try {
        if (remove) await tearDown(instancePorts, project);
        await (remove ? held.release() : held.leave());
      } finally {
        await close();
      }
    };
    over ??= work();
    return over;
  };
  const end = (): Promise<void> => once(true);
  return { project, end, release: () => once(false), [Symbol.asyncDispose]: end };
}

/** A running copy that several processes share. */
export interface SharedInstance extends AsyncDisposable {
  readonly copy: LoadedProject;
  /** Whether this call started it. */
  readonly isFirst: boolean;
  /** Gives the part in it up; the last one removes it. Safe to call twice. */
  release(): Promise<void>;
}

/** Which copy is shared, and how it is brought up. */
export interface ShareOptions extends Omit<UpOptions, 'recreate'>, Pick<InstanceOptions, 'isolate'> {
  /** What the processes agree on. */
  readonly key: string;
}

/**
 * Takes part in a copy that every process which names the same key shares: the first one brings it up and waits until it is ready, the
 * last one to leave removes it, and whoever was killed counts no more. Throws as `up`.
 */
export async function share(source: ProjectSource, options: ShareOptions & CallChoice): Promise<SharedInstance> {
  const { key, isolate, ...upOptions } = options;
  const copy = await instance(source, {
    name: keyName(key),
    leased: true,
    ...(isolate === undefined ? {} : { isolate }),
  });
  checkStartable(copy.project, copy);
  const { ports, release: close } = await openPorts(options);
  let shared: SharedCopy;
  try {
    const inputs = await defaultInputs(ports);
    const [image] = Object.values(copy.project.services).flatMap((service) => service.image ?? []);
    shared = await shareCopy(withProcesses(ports), watcherOf(options, ports.engine), {
      project: copy.project.name,
      start: async (isFirst) => {
        const recreate = isFirst ? 'diverged' : 'never';
        await upProject(ports, copy.project, { wait: true, written: copy, ...inputs, ...upOptions, recreate });
      },
      ...(image === undefined ? {} : { image }),
      ...signalOf(options),
    });
  } catch (error) {
    await close();
    throw error;
  }
  const leave = async (): Promise<void> => {
    try {
      await shared.release();
    } finally {
      await close();
    }
  };
  let over: Promise<void> | undefined;
  const release = (): Promise<void> => {
    over ??= leave();
    return over;
  };
  return { copy, isFirst: shared.isFirst, release, [Symbol.asyncDispose]: release };
}

/**
 * Removes what killed processes left on the engine: leased copies without a living holder. Those of living holders, idle and
 * paused ones too, are left alone. Throws EngineError.
 */
export async function sweep(options: SweepOptions & CallChoice = {}): Promise<SweepReport> {
  return withEngine(options, (ports) => sweepEngine(withProcesses(ports), { thorough: true, ...options }));
}

function withProcesses(ports: Pick<InstancePorts, 'engine' | 'clock'>): InstancePorts {
  return { engine: ports.engine, clock: ports.clock, processes: systemProcessTable() };
}

/** Readable, and different for different keys. */
function keyName(key: string): string {
  const readable = normalizeProjectName(key).slice(0, 30);
  return `${readable}-${createHash('sha256').update(key).digest('hex').slice(0, 6)}`;
}

/** One watcher for all leases of this process on one engine. */
const watchers = new Map<string, Watcher>();

function watcherOf({ engine: given, host, context }: CallChoice, engine: Engine): Watcher {
  const watched: WatchedEngine = {
    ...(given === undefined ? {} : { host: engine.description.endpoint }),
    ...(given === undefined && host !== undefined ? { host } : {}),
    ...(given === undefined && context !== undefined ? { context } : {}),
  };
  const key = JSON.stringify([watched, engine.description.endpoint]);
  const known = watchers.get(key) ?? watcherProcess(watched);
  watchers.set(key, known);
  return known;
}
