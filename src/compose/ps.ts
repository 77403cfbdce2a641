import type { ContainerStatus } from '../engine/container.ts';
import { CONFIG_HASH_LABEL, ONE_OFF_LABEL, PROJECT_LABEL } from '../state/labels.ts';
import { type ContainerRow, containerRow } from './container-row.ts';
import type { ComposePorts } from './ports.ts';
import { checkServiceNames, type ProjectReference } from './project-reference.ts';

/** What `ps` may be told. */
export interface PsOptions {
  readonly signal?: AbortSignal;
  /** Only these services. */
  readonly services?: readonly string[];
  /** Stopped containers and one-offs too. */
  readonly all?: boolean;
  /** One-off containers too, without stopped ones. */
  readonly oneOffs?: boolean;
  /** Only in one of these states; implies `all`. */
  readonly states?: readonly ContainerStatus[];
  /** `false`: only services of the loaded model. */
  readonly orphans?: boolean;
}

/**
 * The containers of a project, by name (compose-surface 2.4). Throws `no-such-service` for a service the loaded model
 * does not know, and EngineError.
 */
export async function ps(
  ports: Pick<ComposePorts, 'engine'>,
  reference: ProjectReference,
  options: PsOptions = {},
): Promise<readonly ContainerRow[]> {
  const { services = [], states = [], orphans = true } = options;
  checkServiceNames(reference, services);
  const all = options.all === true || states.length > 0;
  const labels = [
    `${PROJECT_LABEL}=${reference.name}`,
    CONFIG_HASH_LABEL,
    ...(all || options.oneOffs === true ? [] : [`${ONE_OFF_LABEL}=False`]),
  ];
  const call = options.signal === undefined ? {} : { signal: options.signal };
  const found = await ports.engine.containers.list({ all, labels }, call);
  const ours = reference.project?.services;
  return found
    .map(containerRow)
    .filter((row) => services.length === 0 || services.includes(row.service))
    .filter((row) => states.length === 0 || states.includes(row.state))
    .filter((row) => orphans || ours === undefined || Object.hasOwn(ours, row.service))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
