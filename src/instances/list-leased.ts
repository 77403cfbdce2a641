import type { TextMap } from '../engine/container.ts';
import type { CallOptions, Engine } from '../engine/engine.ts';
import { LEASED_LABEL, LOCK_LABEL, PROJECT_LABEL } from '../state/labels.ts';
import { listLeases } from './lease-store.ts';

/** What is on an engine as long as somebody keeps it. */
export interface LeasedResources {
  /** Project names of the copies that have a container, network or volume. */
  readonly projects: ReadonlySet<string>;
  /** Those of them in which a container runs. */
  readonly running: ReadonlySet<string>;
  /** Ids of the containers that are locks. */
  readonly locks: readonly string[];
}

const runningStates: ReadonlySet<string> = new Set(['running', 'paused', 'restarting']);

/** Lists what leases are to keep, and locks. Throws EngineError. */
export async function listLeased(engine: Engine, call?: CallOptions): Promise<LeasedResources> {
  const labels = [`${LEASED_LABEL}=true`];
  const [containers, networks, volumes] = await Promise.all([
    engine.containers.list({ all: true, labels }, call),
    engine.networks.list({ labels }, call),
    engine.volumes.list({ labels }, call),
  ]);
  const projectOf = ({ Labels: own }: { readonly Labels?: TextMap | null }): readonly string[] =>
    own?.[PROJECT_LABEL] === undefined ? [] : [own[PROJECT_LABEL]];
  return {
    projects: new Set([...containers, ...networks, ...volumes].flatMap(projectOf)),
    running: new Set(containers.filter(({ State: state }) => runningStates.has(state)).flatMap(projectOf)),
    locks: containers.filter(({ Labels: own }) => own?.[LOCK_LABEL] !== undefined).map(({ Id: id }) => id),
  };
}

/** Whether the engine has a lease, or anything that has to have one: else a sweep finds nothing. Throws EngineError. */
export async function isAnythingLeased(engine: Engine, call?: CallOptions): Promise<boolean> {
  const [{ projects, locks }, leases] = await Promise.all([
    listLeased(engine, call),
    listLeases(engine, undefined, call),
  ]);
  return projects.size + locks.length + leases.length > 0;
}
