import { TopsailError } from '../diagnostics/topsail-error.ts';
import type { ContainerRow } from './container-row.ts';
import type { ComposePorts } from './ports.ts';
import { ps } from './ps.ts';

/**
 * The running container of a service that a command works on: the replica of that number, or with 0 the lowest one, replicas
 * before one-off containers. Throws `service-not-running`.
 */
export async function serviceContainer(
  ports: Pick<ComposePorts, 'engine'>,
  project: string,
  wanted: { readonly service: string; readonly index?: number; readonly signal?: AbortSignal },
): Promise<ContainerRow> {
  const { service, index = 0, signal } = wanted;
  const running = await ps(
    ports,
    { name: project, project: undefined },
    { services: [service], oneOffs: true, ...(signal === undefined ? {} : { signal }) },
  );
  const ordered = running.toSorted((a, b) => order(a) - order(b));
  const found = index === 0 ? ordered[0] : ordered.find((row) => row.number === index && !row.oneOff);
  if (found !== undefined) return found;
  const which = index === 0 ? '' : ` container #${String(index)}`;
  throw new TopsailError('service-not-running', `service "${service}" is not running${which}`);
}

function order({ number, oneOff }: ContainerRow): number {
  return oneOff || number === undefined ? Number.MAX_SAFE_INTEGER : number;
}
