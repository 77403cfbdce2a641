import type { ContainerStats } from '../engine/container.ts';

/** What the processes of a container use, read from the engine's counters. */
export interface ContainerFigures {
  /** Cores in use between the two readings of the counters, such as 0.25. */
  readonly cores: number;
  /** Bytes, without the page cache that can be given back. */
  readonly memory: number;
  /** Bytes: of the container, or of the machine. */
  readonly memoryLimit: number;
  /** Bytes since the start of the container. */
  readonly received: number;
  readonly sent: number;
  readonly read: number;
  readonly written: number;
  readonly processes: number;
}

/** Figures of one reading (`GET /containers/{id}/stats`). */
export function containerFigures(stats: ContainerStats): ContainerFigures {
  const networks = Object.values(stats.networks ?? {});
  const blocks = stats.blkio_stats?.io_service_bytes_recursive ?? [];
  const moved = (initial: string): number =>
    sum(blocks.filter(({ op }) => op.toLowerCase().startsWith(initial)).map(({ value }) => value));
  return {
    cores: coresOf(stats),
    memory: workingSet(stats),
    memoryLimit: stats.memory_stats.limit ?? 0,
    received: sum(networks.map(({ rx_bytes: bytes }) => bytes)),
    sent: sum(networks.map(({ tx_bytes: bytes }) => bytes)),
    read: moved('r'),
    written: moved('w'),
    processes: stats.pids_stats?.current ?? 0,
  };
}

/** Share of the system's processor time between two readings, times the number of processors. */
function coresOf({ cpu_stats: now, precpu_stats: before }: ContainerStats): number {
  const used = now.cpu_usage.total_usage - (before?.cpu_usage.total_usage ?? 0);
  const passed = (now.system_cpu_usage ?? 0) - (before?.system_cpu_usage ?? 0);
  return used > 0 && passed > 0 ? (used / passed) * (now.online_cpus ?? 1) : 0;
}

/** The kernel counts file cache as use; what it would give back is under one name on cgroup v2 and another on v1. */
function workingSet({ memory_stats: memory }: ContainerStats): number {
  const cache = memory.stats?.['total_inactive_file'] ?? memory.stats?.['inactive_file'] ?? 0;
  const usage = memory.usage ?? 0;
  return cache < usage ? usage - cache : usage;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
