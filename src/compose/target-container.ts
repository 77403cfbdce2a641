import { TopsailError } from '../diagnostics/topsail-error.ts';
import { CONFIG_HASH_LABEL, PROJECT_LABEL, SERVICE_LABEL } from '../state/labels.ts';
import { type ContainerRow, containerRow } from './container-row.ts';
import type { ComposePorts } from './ports.ts';

/** Which container of a service a command acts on. */
export interface ContainerChoice {
  readonly service: string;
  /** Replica number; one-offs have none. Without it the lowest one, a one-off only if there is no replica. */
  readonly index?: number;
  /** Containers that do not run count too. */
  readonly stopped?: boolean;
  readonly signal?: AbortSignal;
}

/**
 * The container of a service that a command acts on (compose-surface 4.11). Throws `service-not-running` if there is none, and
 * EngineError.
 */
export async function targetContainer(
  ports: Pick<ComposePorts, 'engine'>,
  project: string,
  choice: ContainerChoice,
): Promise<ContainerRow> {
  const { service, index } = choice;
  const [first] = (await serviceContainers(ports, project, choice)).filter(
    ({ number, oneOff }) => index === undefined || (!oneOff && number === index),
  );
  if (first !== undefined) return first;
  const name = JSON.stringify(service);
  throw new TopsailError(
    'service-not-running',
    index === undefined ? `service ${name} is not running` : `service ${name} is not running container #${index}`,
  );
}

/** All containers of a service: replicas by number, then one-offs. Throws EngineError. */
export async function serviceContainers(
  { engine }: Pick<ComposePorts, 'engine'>,
  project: string,
  { service, stopped, signal }: Omit<ContainerChoice, 'index'>,
): Promise<readonly ContainerRow[]> {
  const labels = [`${PROJECT_LABEL}=${project}`, `${SERVICE_LABEL}=${service}`, CONFIG_HASH_LABEL];
  const call = signal === undefined ? {} : { signal };
  const found = await engine.containers.list({ all: stopped === true, labels }, call);
  return found.map(containerRow).toSorted((a, b) => rank(a) - rank(b));
}

function rank({ oneOff, number }: ContainerRow): number {
  return oneOff ? Number.MAX_SAFE_INTEGER : (number ?? 0);
}
