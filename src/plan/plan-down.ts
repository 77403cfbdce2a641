import type { NetworkInspect, VolumeInspect } from '../engine/resource.ts';
import type { Address } from '../state/address.ts';
import type { DesiredState } from '../state/desired-state.ts';
import { NETWORK_LABEL, PROJECT_LABEL, VOLUME_LABEL } from '../state/labels.ts';
import type { ObservedContainer, ObservedState } from '../state/observed-state.ts';
import { addLeftoverHooks } from './add-leftover-hooks.ts';
import { addOrderedStops, uniqueAddresses, withDependents } from './add-ordered-stops.ts';
import { strayAddress } from './container-steps.ts';
import { dependencyGraph } from './dependents-of.ts';
import type { PlanResult } from './plan.ts';
import { createPlanDraft, type PlanDraft } from './plan-draft.ts';
import { removableImages } from './removable-images.ts';

/** What a caller of `planDown` decides. */
export interface DownPolicy {
  /** Only these services, and without the file what depends on them; empty or absent means all. */
  readonly services?: readonly string[];
  /** `-v`: named volumes of the project and anonymous ones of its containers. */
  readonly volumes?: boolean;
  /** Containers of services that the file does not have, and one-offs. */
  readonly removeOrphans?: boolean;
  /** `--rmi`: what was built for the project, or all that its services use. */
  readonly images?: 'local' | 'all';
  /** Seconds; absent leaves each container's own. */
  readonly timeoutSeconds?: number;
  /** Containers are killed and removed all at once: no stop signal, no grace period, no order. */
  readonly disposable?: boolean;
}

/**
 * Plans the end of a project (compose-surface section 4.8): containers stop in reverse dependency order and go, then
 * networks, volumes and images that were asked for. Only what carries the project's label is touched, and nothing
 * external. Without a desired state the labels say what belongs together.
 */
export function planDown(
  desired: DesiredState | undefined,
  observed: ObservedState,
  policy: DownPolicy = {},
): PlanResult {
  const draft = createPlanDraft(desired?.services);
  const graph = dependencyGraph(desired, observed);
  const services = policy.services ?? [];
  const asked = askedServices(services, desired, graph);
  if (desired === undefined && services.length > 0 && !services.some((name) => hasContainer(observed, name))) {
    const text = `Any of the services [${services.join(' ')}] not running in project ${JSON.stringify(observed.project)}`;
    draft.notice({ kind: 'warning', text });
    return draft.finish(observed.project);
  }
  const going = observed.containers.filter((container) => goes(container, desired, asked, policy));
  const removals = addRemovals(draft, going, graph, policy);
  addLeftoverHooks(draft, observed, (service) => asked?.has(service) ?? true);
  const staying = observed.containers.filter((container) => !removals.has(container));
  if (asked === undefined && policy.removeOrphans !== true) noticeOrphans(draft, desired, staying);
  addWithdrawals(draft, desired, asked, removals);
  for (const network of ownNetworks(desired, observed, asked)) removeNetwork(draft, network, removals, staying);
  if (policy.volumes === true) {
    for (const volume of ownVolumes(desired, observed, volumeExtent(desired, asked, policy)))
      removeVolume(draft, volume, removals, staying);
  }
  addImageRemovals(draft, desired, observed, removals, asked, policy);
  return draft.finish(observed.project);
}

/** With the file only those that are named, as with Docker Compose; by labels alone also what depends on them. Undefined: all. */
function askedServices(
  services: readonly string[],
  desired: DesiredState | undefined,
  graph: ReturnType<typeof dependencyGraph>,
): ReadonlySet<string> | undefined {
  if (services.length === 0) return undefined;
  return desired === undefined ? withDependents(services, graph) : new Set(services);
}

/**
 * Whether a container goes: its service does, or everything that is no part of the project does. A service that a
 * profile disables is part of it and stays, as with Docker Compose.
 */
function goes(
  container: ObservedContainer,
  desired: DesiredState | undefined,
  asked: ReadonlySet<string> | undefined,
  policy: DownPolicy,
): boolean {
  if (container.oneOff || isOrphan(container, desired)) return policy.removeOrphans === true;
  if (asked !== undefined) return asked.has(container.service);
  return desired === undefined || desired.services.some(({ name }) => name === container.service);
}

function hasContainer({ containers }: ObservedState, name: string): boolean {
  return containers.some(({ service, oneOff }) => !oneOff && service === name);
}

function isOrphan(container: ObservedContainer, desired: DesiredState | undefined): boolean {
  if (desired === undefined) return false;
  return (
    !desired.services.some(({ name }) => name === container.service) &&
    !desired.disabledServices.includes(container.service)
  );
}

function noticeOrphans(
  draft: PlanDraft,
  desired: DesiredState | undefined,
  staying: readonly ObservedContainer[],
): void {
  const orphans = staying.filter((container) => !container.oneOff && isOrphan(container, desired));
  if (orphans.length === 0) return;
  const names = orphans.map(({ name }) => name).toSorted();
  draft.notice({
    kind: 'orphans',
    text: `orphan containers stay (${names.join(', ')}); --remove-orphans removes them`,
  });
}

function addRemovals(
  draft: PlanDraft,
  containers: readonly ObservedContainer[],
  graph: ReturnType<typeof dependencyGraph>,
  policy: DownPolicy,
): ReadonlyMap<ObservedContainer, string> {
  const stops =
    policy.disposable === true
      ? new Map<ObservedContainer, string>()
      : addOrderedStops(draft, containers, graph, { cause: 'down', timeoutSeconds: policy.timeoutSeconds });
  const addresses = uniqueAddresses(containers);
  return new Map(
    containers.map((container) => {
      const address: Address = addresses.get(container) ?? strayAddress(container);
      const stop = stops.get(container);
      const id = draft.add({
        id: `remove ${address}`,
        address,
        operation: {
          kind: 'remove-container',
          service: container.service,
          container: { kind: 'known', id: container.id, name: container.name },
          volumes: policy.volumes === true,
        },
        needs: stop === undefined ? [] : [stop],
        cause: 'down',
      });
      return [container, id];
    }),
  );
}

/** Providers go after the containers that depend on them. */
function addWithdrawals(
  draft: PlanDraft,
  desired: DesiredState | undefined,
  asked: ReadonlySet<string> | undefined,
  removals: ReadonlyMap<ObservedContainer, string>,
): void {
  for (const { service, type, options, environment } of desired?.providers ?? []) {
    if (asked !== undefined && !asked.has(service)) continue;
    const dependents = new Set(
      desired?.services.filter(({ providers }) => providers.includes(service)).map(({ name }) => name),
    );
    draft.add({
      id: `withdraw service:${service}`,
      address: `service:${service}`,
      operation: { kind: 'withdraw-service', service, type, options, environment },
      needs: [...removals].filter(([container]) => dependents.has(container.service)).map(([, removal]) => removal),
      cause: 'down',
    });
  }
}

/** Labelled networks: all with the whole project or without a file, else those of the file. */
function ownNetworks(
  desired: DesiredState | undefined,
  observed: ObservedState,
  asked: ReadonlySet<string> | undefined,
): readonly NetworkInspect[] {
  const external = new Set(desired?.networks.filter((network) => network.external).map(({ name }) => name));
  const wanted = new Set(desired?.networks.map(({ name }) => name));
  return observed.networks
    .filter(({ Labels: labels }) => labels?.[PROJECT_LABEL] === observed.project)
    .filter(
      ({ Name: name }) => !external.has(name) && (asked === undefined || desired === undefined || wanted.has(name)),
    );
}

function volumeExtent(
  desired: DesiredState | undefined,
  asked: ReadonlySet<string> | undefined,
  { removeOrphans = false }: DownPolicy,
): 'named' | 'own' | 'all' {
  if (desired === undefined) return 'all';
  if (asked !== undefined) return 'named';
  return removeOrphans ? 'all' : 'own';
}

/**
 * Labelled volumes: `named`, those of the file; `own`, also those without a key, which no other file can have; `all`, also those of
 * another key, which may belong to another file of the project.
 */
function ownVolumes(
  desired: DesiredState | undefined,
  observed: ObservedState,
  extent: 'named' | 'own' | 'all',
): readonly VolumeInspect[] {
  const external = new Set(desired?.volumes.filter((volume) => volume.external).map(({ name }) => name));
  const wanted = new Set(desired?.volumes.map(({ name }) => name));
  return observed.volumes.filter(({ Name: name, Labels: labels }) => {
    if (labels?.[PROJECT_LABEL] !== observed.project || external.has(name)) return false;
    return wanted.has(name) || extent === 'all' || (extent === 'own' && labels[VOLUME_LABEL] === undefined);
  });
}

function removeNetwork(
  draft: PlanDraft,
  network: NetworkInspect,
  removals: ReadonlyMap<ObservedContainer, string>,
  staying: readonly ObservedContainer[],
): void {
  const key = network.Labels?.[NETWORK_LABEL] ?? network.Name;
  const uses = ({ networkIds, summary }: ObservedContainer): boolean =>
    networkIds.includes(network.Id) || Object.hasOwn(summary.NetworkSettings?.Networks ?? {}, network.Name);
  const users = staying.filter((container) => container.status !== 'exited' && uses(container));
  const address: Address = `network:${key}`;
  if (users.length > 0) return noticeInUse(draft, address, `network ${network.Name}`, users);
  const id =
    draft.get(`remove ${address}`) === undefined ? `remove ${address}` : `remove ${address} ${network.Id.slice(0, 12)}`;
  draft.add({
    id,
    address,
    operation: { kind: 'remove-network', id: network.Id, name: network.Name },
    needs: [...removals].filter(([container]) => uses(container)).map(([, removal]) => removal),
    cause: 'down',
  });
}

function removeVolume(
  draft: PlanDraft,
  volume: VolumeInspect,
  removals: ReadonlyMap<ObservedContainer, string>,
  staying: readonly ObservedContainer[],
): void {
  const address: Address = `volume:${volume.Labels?.[VOLUME_LABEL] ?? volume.Name}`;
  const uses = ({ mounts }: ObservedContainer): boolean => mounts.some((mount) => mount.Name === volume.Name);
  const users = staying.filter(uses);
  if (users.length > 0) return noticeInUse(draft, address, `volume ${volume.Name}`, users);
  const id = draft.get(`remove ${address}`) === undefined ? `remove ${address}` : `remove ${address} ${volume.Name}`;
  draft.add({
    id,
    address,
    operation: { kind: 'remove-volume', name: volume.Name },
    needs: [...removals].filter(([container]) => uses(container)).map(([, removal]) => removal),
    cause: 'down',
  });
}

function addImageRemovals(
  draft: PlanDraft,
  desired: DesiredState | undefined,
  observed: ObservedState,
  removals: ReadonlyMap<ObservedContainer, string>,
  asked: ReadonlySet<string> | undefined,
  { images: which, removeOrphans = false }: DownPolicy,
): void {
  if (which === undefined) return;
  for (const { reference, id } of removableImages(desired, observed, { which, services: asked, removeOrphans })) {
    const users = [...removals].filter(([{ summary }]) => summary.Image === reference || summary.ImageID === id);
    draft.add({
      id: `remove image:${reference}`,
      address: `image:${reference}`,
      operation: { kind: 'remove-image', reference },
      needs: users.map(([, removal]) => removal),
      cause: 'down',
    });
  }
}

function noticeInUse(draft: PlanDraft, address: Address, resource: string, users: readonly ObservedContainer[]): void {
  const names = users.map(({ name }) => name).toSorted();
  draft.notice({
    kind: 'warning',
    address,
    text: `${resource} stays: Resource is still in use by ${names.join(', ')}`,
  });
}
