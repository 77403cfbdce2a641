import type { ContainerCreateRequest } from '../../src/engine/container.ts';
import type { Prober } from '../../src/engine/prober.ts';
import { awaitCondition } from '../../src/execution/await-condition.ts';
import { type ContainerWatches, createContainerWatches } from '../../src/execution/container-watches.ts';
import { createMemoryEngine, type MemoryEngine } from '../../src/memory-engine/create-memory-engine.ts';
import type { WaitCondition } from '../../src/plan/operation.ts';
import type { ReadyProbe } from '../../src/state/ready-probe.ts';
import { createManualClock, type ManualClock, settle } from './manual-clock.ts';
import { labelsOf, project } from './plan-nodes.ts';

/** A wait that goes on while its word is undefined; then the word is `met`, the fault, or an error's text. */
export interface RunningWait {
  readonly word: string | undefined;
}

/** Waits on an engine whose checks fail until a test says otherwise. */
export interface WaitRig {
  readonly clock: ManualClock;
  readonly engine: MemoryEngine;
  readonly watches: ContainerWatches;
  /** Starts a container of a service (default `db`) and forgets the calls so far. */
  readonly run: (body?: Partial<ContainerCreateRequest>, service?: string) => Promise<string>;
  readonly begin: (id: string, condition: WaitCondition, ready?: ReadyProbe) => Promise<RunningWait>;
}

/** Makes a rig. */
export function createWaitRig(product: 'docker' | 'podman' = 'docker', prober?: Prober): WaitRig {
  const clock = createManualClock();
  const engine = createMemoryEngine({ images: ['busybox'], now: () => clock.now(), product });
  const signal = new AbortController().signal;
  const watches = createContainerWatches(
    { engine, clock, ...(prober === undefined ? {} : { prober: () => Promise.resolve(prober) }) },
    project,
    signal,
  );
  engine.control.onExec(() => ({ exitCode: 1 }));
  return {
    clock,
    engine,
    watches,
    run: async (body = {}, service = 'db') => {
      const name = `${project}-${service}-1`;
      const { id } = await engine.containers.create({
        name,
        body: { Image: 'busybox', Labels: labelsOf(service), ...body },
      });
      await engine.containers.start(id);
      engine.control.forgetCalls();
      return id;
    },
    begin: async (id, condition, ready) => {
      const state: { word: string | undefined } = { word: undefined };
      awaitCondition({ watches, clock }, { id, ready }, condition, signal).then(
        ({ verdict }) => (state.word = verdict.kind === 'met' ? 'met' : verdict.fault),
        (error: unknown) => (state.word = String(error)),
      );
      await settle();
      return state;
    },
  };
}

/** A host configuration with this restart policy. */
export function restarts(name: string, limit: number = 0): Partial<ContainerCreateRequest> {
  return { HostConfig: { RestartPolicy: { Name: name, MaximumRetryCount: limit } } };
}
