import type { VolumeInspect } from '../engine/resource.ts';
import { PROJECT_LABEL } from '../state/labels.ts';
import type { ComposePorts } from './ports.ts';
import { checkServiceNames, type ProjectReference } from './project-reference.ts';
import { ps } from './ps.ts';

/**
 * The volumes that carry the project's label, by name; with services only those that running containers of theirs mount
 * (compose-surface 2.5). Throws `no-such-service` and EngineError.
 */
export async function volumes(
  ports: Pick<ComposePorts, 'engine'>,
  reference: ProjectReference,
  options: { readonly services?: readonly string[]; readonly signal?: AbortSignal } = {},
): Promise<readonly VolumeInspect[]> {
  const { services = [], signal } = options;
  checkServiceNames(reference, services);
  const call = signal === undefined ? {} : { signal };
  const [found, containers] = await Promise.all([
    ports.engine.volumes.list({ labels: [`${PROJECT_LABEL}=${reference.name}`] }, call),
    services.length === 0 ? undefined : ps(ports, reference, { services, oneOffs: true, ...call }),
  ]);
  const mounted = containers && new Set(containers.flatMap(({ mounts }) => mounts.map(({ Name }) => Name)));
  return found
    .filter(({ Name: name }) => mounted === undefined || mounted.has(name))
    .toSorted((a, b) => (a.Name < b.Name ? -1 : 1));
}
