import type { ContainerInspect, ContainerStats, HostConfig } from '../engine/container.ts';
import { containerFigures } from './container-figures.ts';
import type { ContainerRow } from './container-row.ts';
import type { ComposePorts } from './ports.ts';

/** What a running container uses, against its limits. */
export interface ContainerUsage {
  readonly container: ContainerRow;
  /** Cores in use over the last second, such as 0.25. */
  readonly cpu: number;
  /** Cores; undefined without a limit. */
  readonly cpuLimit: number | undefined;
  /** Bytes, without the page cache that can be given back. */
  readonly memory: number;
  readonly memoryLimit: number | undefined;
  readonly processes: number;
  readonly processesLimit: number | undefined;
}

/** Reads use and limits of running containers (`GET /containers/{id}/stats`); stopped ones are left out. */
export async function usage(
  ports: Pick<ComposePorts, 'engine'>,
  containers: readonly ContainerRow[],
  options: { readonly signal?: AbortSignal } = {},
): Promise<readonly ContainerUsage[]> {
  const call = options.signal === undefined ? {} : { signal: options.signal };
  const { containers: calls } = ports.engine;
  return Promise.all(
    containers
      .filter((container) => container.state === 'running')
      .map(async (container) => {
        const [stats, inspect] = await Promise.all([
          calls.stats(container.id, call),
          calls.inspect(container.id, call),
        ]);
        return usageOf(container, stats, inspect);
      }),
  );
}

function usageOf(
  container: ContainerRow,
  stats: ContainerStats,
  { HostConfig: host }: ContainerInspect,
): ContainerUsage {
  const { cores, memory, processes } = containerFigures(stats);
  return {
    container,
    cpu: cores,
    cpuLimit: cpuLimitOf(host),
    memory,
    memoryLimit: positive(host.Memory),
    processes,
    processesLimit: positive(host.PidsLimit),
  };
}

function cpuLimitOf({ NanoCpus, CpuQuota, CpuPeriod }: HostConfig): number | undefined {
  const nano = positive(NanoCpus);
  if (nano !== undefined) return nano / 1e9;
  const quota = positive(CpuQuota);
  return quota === undefined ? undefined : quota / (positive(CpuPeriod) ?? 100_000);
}

function positive(value: number | undefined | null): number | undefined {
  return value !== undefined && value !== null && value > 0 ? value : undefined;
}
