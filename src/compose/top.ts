import { isEngineError } from '../engine/engine-error.ts';
import type { ContainerRow } from './container-row.ts';
import type { ComposePorts } from './ports.ts';
import { ps } from './ps.ts';

/** A process in a container: what `ps` says of it, by title. */
export interface ProcessRow {
  readonly container: ContainerRow;
  readonly cells: ReadonlyMap<string, string>;
}

/** The processes in a project's running containers, one-offs too, by container name. A container that stops meanwhile has none. */
export async function top(
  ports: Pick<ComposePorts, 'engine'>,
  project: string,
  options: { readonly services?: readonly string[]; readonly signal?: AbortSignal } = {},
): Promise<readonly ProcessRow[]> {
  const { services = [], signal } = options;
  const call = signal === undefined ? {} : { signal };
  const containers = await ps(ports, { name: project, project: undefined }, { services, oneOffs: true, ...call });
  const processes = await Promise.all(
    containers.map((container) => ports.engine.containers.top(container.id, call).catch(ended)),
  );
  return containers.flatMap((container, index) => {
    const { Titles: titles, Processes: lines } = processes[index] ?? { Titles: [], Processes: [] };
    return lines.map((line) => ({ container, cells: new Map(titles.map((title, at) => [title, line[at] ?? ''])) }));
  });
}

function ended(error: unknown): undefined {
  if (!isEngineError(error, 'not-found') && !isEngineError(error, 'conflict')) throw error;
}
