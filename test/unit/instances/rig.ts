import type { Clock } from '../../../src/engine/clock.ts';
import type { Watcher } from '../../../src/instances/lease-keeper.ts';
import type { InstancePorts } from '../../../src/instances/ports.ts';
import type { ProcessIdentity, ProcessTable } from '../../../src/instances/process-table.ts';
import { createMemoryEngine, type MemoryEngine } from '../../../src/memory-engine/create-memory-engine.ts';

/** Processes that start and end when a test says so, on one engine, in a time that passes by sleeping. */
export interface Rig {
  readonly engine: MemoryEngine;
  readonly clock: Clock;
  /** The ports of a process, which lives until it is killed. */
  readonly process: (pid: number, where?: Partial<ProcessIdentity>) => InstancePorts;
  readonly kill: (pid: number) => void;
  /** Lets time pass. */
  readonly wait: (milliseconds: number) => void;
  /** Makes a container, a network and a volume of a project; `runs` is whether it starts the container, too. Default true. */
  readonly fill: (project: string, runs?: boolean) => Promise<void>;
  /** What the engine holds of a project and of locks and leases, by name. */
  readonly held: () => Promise<readonly string[]>;
}

/** Who watches is not looked at. */
export const noWatcher: Watcher = { hold: () => undefined, release: () => undefined };

/** Opens one. */
export function openRig(): Rig {
  const engine = createMemoryEngine({ images: ['app'] });
  const living = new Set<number>();
  let time = 1_000_000;
  const clock: Clock = {
    now: () => time,
    sleep: async (milliseconds, signal) => {
      // Others get their turns first, as in real time.
      for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
      signal?.throwIfAborted();
      time += milliseconds;
    },
  };
  const process: Rig['process'] = (pid, where = {}) => {
    living.add(pid);
    const processes: ProcessTable = {
      self: () => Promise.resolve({ ...here, pid, startTime: `s${String(pid)}`, ...where }),
      startTimeOf: (other) => Promise.resolve(living.has(other) ? `s${String(other)}` : undefined),
    };
    return { engine, clock, processes };
  };
  return {
    engine,
    clock,
    process,
    kill: (pid) => void living.delete(pid),
    wait: (milliseconds) => {
      time += milliseconds;
    },
    fill: (project, runs = true) => fill(engine, project, runs),
    held: async () => {
      const [containers, networks, volumes] = await Promise.all([
        engine.containers.list({ all: true }),
        engine.networks.list({}),
        engine.volumes.list({}),
      ]);
      const names = [
        ...containers.map(({ Names: [name = ''] }) => name.slice(1)),
        ...networks.map(({ Name: name }) => name),
        ...volumes.map(({ Name: name }) => name.replace(/^topsail-lease-.*/, 'lease')),
      ];
      return names.filter((name) => !['bridge', 'host', 'none'].includes(name)).toSorted();
    },
  };
}

const here = { host: 'here', bootId: 'boot', pidNamespace: 'pid:[1]' };

async function fill(engine: MemoryEngine, project: string, runs: boolean): Promise<void> {
  const Labels = {
    'com.docker.compose.project': project,
    'com.docker.compose.service': 'web',
    'com.docker.compose.container-number': '1',
    'com.docker.compose.config-hash': 'x',
    'dev.topsail.leased': 'true',
  };
  await engine.networks.create({ Name: `${project}-net`, Labels });
  await engine.volumes.create({ Name: `${project}-vol`, Labels });
  const { id } = await engine.containers.create({
    name: `${project}-web-1`,
    body: { Image: 'app', Labels, HostConfig: { NetworkMode: `${project}-net` } },
  });
  if (runs) await engine.containers.start(id);
}
