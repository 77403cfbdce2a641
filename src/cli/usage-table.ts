import type { ContainerUsage } from '../compose/usage.ts';
import { memorySize } from '../report/human-size.ts';
import { renderTable } from '../report/table.ts';

/** Use against limit, a line a running container. */
export function usageTable(usages: readonly ContainerUsage[]): string {
  return renderTable(
    ['NAME', 'SERVICE', 'CPU / LIMIT', 'CPU %', 'MEM / LIMIT', 'MEM %', 'PIDS / LIMIT'],
    usages.map((each) => [
      each.container.name,
      each.container.service,
      against(each.cpu.toFixed(2), each.cpuLimit?.toFixed(2)),
      share(each.cpu, each.cpuLimit),
      against(memorySize(each.memory), each.memoryLimit === undefined ? undefined : memorySize(each.memoryLimit)),
      share(each.memory, each.memoryLimit),
      against(String(each.processes), each.processesLimit?.toString()),
    ]),
  );
}

function against(used: string, limit: string | undefined): string {
  return `${used} / ${limit ?? '-'}`;
}

/** Of the limit; without one there is nothing to be a share of. */
function share(used: number, limit: number | undefined): string {
  return limit === undefined ? '-' : `${((used / limit) * 100).toFixed(1)}%`;
}
