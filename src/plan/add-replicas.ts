import type { MountRequest } from '../engine/container.ts';
import { containerAddress } from '../state/address.ts';
import { containerName, containerRequest } from '../state/container-request.ts';
import type { DesiredService } from '../state/desired-state.ts';
import type { FieldChange } from '../state/field-change.ts';
import { inheritedMounts } from '../state/inherited-mounts.ts';
import type { ObservedContainer } from '../state/observed-state.ts';
import { addFileCopy } from './add-file-copy.ts';
import { provideModelId } from './add-models.ts';
import { provideId, providerChanged } from './add-providers.ts';
import { createNetworkId, createVolumeId, replaceVolumeGuard } from './add-resources.ts';
import type { NetworkVerdict } from './assess-networks.ts';
import type { Replacement, ReplicaVerdict } from './assess-replicas.ts';
import type { VolumeVerdict } from './assess-volumes.ts';
import { hasTemporaryName, temporaryName } from './container-state.ts';
import { addRemoval, ensureStop, strayAddress } from './container-steps.ts';
import { imageNodes } from './image-nodes.ts';
import { mergeGuards } from './merge-guards.ts';
import { type ComingNeighbours, comingNeighbours } from './neighbours.ts';
import type { Guard } from './plan.ts';
import { nodeExtras } from './step-options.ts';
import type { PreparedReplica, UpWork } from './up-work.ts';

/** Adds the nodes that create, replace, rename or remove the containers of every service. Nothing is started yet. */
export function addReplicas(work: UpWork): readonly PreparedReplica[] {
  const prepared = new Map<string, readonly PreparedReplica[]>();
  return work.services.flatMap(({ service, replicas, surplus }) => {
    for (const { container, number, cause } of surplus) {
      addRemoval(work.draft, container, {
        address: number === undefined ? strayAddress(container) : containerAddress(service.name, number),
        cause,
        timeoutSeconds: work.policy.stopTimeoutSeconds,
      });
    }
    const made = replicas.map((replica) => prepareReplica(work, service, replica, prepared));
    prepared.set(service.name, made);
    return made;
  });
}

type Prepared = ReadonlyMap<string, readonly PreparedReplica[]>;

function prepareReplica(
  work: UpWork,
  service: DesiredService,
  verdict: ReplicaVerdict,
  prepared: Prepared,
): PreparedReplica {
  const base = {
    service,
    number: verdict.number,
    address: containerAddress(service.name, verdict.number),
    name: containerName(service, verdict.number),
    coming: comingNeighbours(work, service, prepared),
  };
  if (verdict.kind === 'create') {
    const ready = addCreation(work, base, { cause: 'not created yet', needs: [] });
    return { ...base, container: undefined, outcome: 'created', guard: undefined, ready, replaces: undefined };
  }
  const { container } = verdict;
  const replace = replacementOf(work, service, verdict, prepared);
  if (replace !== undefined) {
    const made = addRecreate(work, { ...base, container }, replace);
    return { ...base, container, outcome: 'recreated', guard: replace.guard, ...made };
  }
  if (verdict.keptDespiteHash) {
    const text = 'it is labelled with another configuration, but no field of it differs';
    work.draft.notice({ kind: 'kept', address: base.address, name: base.name, text });
  }
  const ready = hasTemporaryName(container) ? [addRename(work, base, container)] : [];
  return { ...base, container, outcome: 'kept', guard: undefined, ready, replaces: undefined };
}

interface ReplicaIdentity {
  readonly service: DesiredService;
  readonly number: number;
  readonly address: PreparedReplica['address'];
  readonly name: string;
}

/** A replica with what its creation says of others. */
interface ReplicaToMake extends ReplicaIdentity {
  readonly coming: ComingNeighbours;
}

/** How a container is replaced. */
interface PlannedReplacement {
  readonly cause: string;
  readonly changes: readonly FieldChange[];
  readonly guard: Guard | undefined;
  /** The old container has to be gone before the new one can be created. */
  readonly removeFirst: boolean;
}

/**
 * Joins the reasons to replace a container. One that shares in another, or mounts a volume which may be replaced, is
 * replaced with it; one on a network that is replaced cannot wait for a pull to decide.
 */
function replacementOf(
  work: UpWork,
  service: DesiredService,
  verdict: Extract<ReplicaVerdict, { readonly kind: 'existing' }>,
  prepared: Prepared,
): PlannedReplacement | undefined {
  const { replacement, container } = verdict;
  const parent = service.references
    .flatMap((reference) => prepared.get(reference.service)?.[0] ?? [])
    .find(({ outcome }) => outcome === 'recreated');
  const volume = replacedVolume(work, service, container);
  const onReplacedNetwork = service.networks.some((key) => work.networks.get(key)?.kind === 'replace');
  const removeFirst =
    volume !== undefined ||
    onReplacedNetwork ||
    holdsReplacedNetwork(work, container) ||
    givesNameAway(work, container) ||
    // What stops before its parent does cannot wait for the parent's successor.
    (parent !== undefined && parent.replaces === undefined);
  const reasons: readonly Reason[] = [
    ...(replacement === undefined ? [] : [ownReason(work, service, replacement)]),
    ...(volume === undefined
      ? []
      : [{ cause: `volume ${volume} is replaced`, changes: [], guard: replaceVolumeGuard(volume) }]),
    ...providedReasons(work, service),
    ...(parent === undefined
      ? []
      : [{ cause: `${parent.service.name}, which it shares in, is recreated`, changes: [], guard: parent.guard }]),
  ];
  const [first, ...others] = reasons;
  if (first === undefined) return undefined;
  const guard = others.reduce((merged, reason) => mergeGuards(merged, reason.guard), first.guard);
  const { cause, changes } = first;
  return { cause, changes, guard: onReplacedNetwork && replacement !== undefined ? undefined : guard, removeFirst };
}

function holdsReplacedNetwork(work: UpWork, { networkIds }: ObservedContainer): boolean {
  return [...work.networks.values()].some(
    (verdict) => verdict.kind === 'replace' && networkIds.includes(verdict.old.Id),
  );
}

/** Whether the name of a container is to be that of another one, which cannot wait for long. */
function givesNameAway(work: UpWork, { name, number, service }: ObservedContainer): boolean {
  return work.services.some((verdict) =>
    verdict.replicas.some(
      (replica) =>
        containerName(verdict.service, replica.number) === name &&
        (verdict.service.name !== service || replica.number !== number),
    ),
  );
}

/** A volume that the service or, perhaps by way of another container, its container mounts. */
function replacedVolume(work: UpWork, service: DesiredService, { mounts }: ObservedContainer): string | undefined {
  const verdicts = [...work.volumes.values()].filter(({ kind }) => kind === 'replace');
  return verdicts.find(
    ({ volume: { key, name } }) => service.volumes.includes(key) || mounts.some((mount) => mount.Name === name),
  )?.volume.key;
}

/** A container is made anew if a provider gives it other variables than it has. */
function providedReasons(work: UpWork, service: DesiredService): readonly Reason[] {
  if (work.policy.recreate === 'never') return [];
  return work.providers
    .filter((provider) => service.providers.includes(provider.service))
    .map((provider) => ({
      cause: `${provider.service} provides other variables`,
      changes: [],
      guard: providerChanged(provider.service),
    }));
}

type Reason = Omit<PlannedReplacement, 'removeFirst'>;

function ownReason(work: UpWork, service: DesiredService, { cause, changes, ifImageChanges }: Replacement): Reason {
  const nodes = imageNodes(work.images.get(service.image));
  const guard: Guard | undefined = ifImageChanges ? { kind: 'any-changed', nodes } : undefined;
  return { cause, changes, guard };
}

interface Creation {
  readonly cause: string;
  readonly needs: readonly string[];
  readonly changes?: readonly FieldChange[];
  readonly guard?: Guard | undefined;
  readonly group?: string;
  readonly temporaryName?: string;
  readonly inherited?: readonly MountRequest[];
  readonly replaces?: boolean;
  /** The container it takes the place of, which lives on until then. */
  readonly former?: string;
}

/** Adds a container's creation and the copy of its files. Returns what its start needs. */
function addCreation(work: UpWork, replica: ReplicaToMake, creation: Creation): readonly string[] {
  const { service, number, address, coming } = replica;
  const image = work.images.get(service.image);
  const request = containerRequest(service, number, {
    apiVersion: work.observed.apiVersion,
    imageDigest: imageNodes(image).length === 0 ? image?.present?.Id : undefined,
    inherited: creation.inherited ?? [],
    replaces: creation.replaces === true,
    neighbours: coming.neighbours,
  });
  const create = work.draft.add({
    id: `create ${address}`,
    address,
    operation: {
      kind: 'create-container',
      service: service.name,
      number,
      name: creation.temporaryName ?? request.name,
      platform: service.platform,
      request: request.body,
      connect: request.connect,
      ...(coming.open === undefined ? {} : { references: coming.open }),
      ...(service.providers.length === 0 ? {} : { providers: service.providers }),
      ...(creation.former === undefined ? {} : { former: { id: creation.former, name: request.name } }),
    },
    needs: [...creation.needs, ...coming.needs, ...resourceNeeds(work, service)],
    cause: creation.cause,
    ...(creation.changes === undefined || creation.changes.length === 0 ? {} : { changes: creation.changes }),
    ...nodeExtras(creation),
  });
  const copy = addFileCopy(work.draft, replica, undefined, [create], creation);
  return copy === undefined ? [create] : [create, copy];
}

/** The nodes that make what a container of this service is created with. */
function resourceNeeds(work: UpWork, service: DesiredService): readonly string[] {
  const isMade = (verdict: NetworkVerdict | VolumeVerdict | undefined): boolean =>
    verdict?.kind === 'create' || verdict?.kind === 'replace';
  return [
    ...service.networks.filter((key) => isMade(work.networks.get(key))).map(createNetworkId),
    ...service.volumes.filter((key) => isMade(work.volumes.get(key))).map(createVolumeId),
    ...[service.image, ...service.imageMounts].flatMap((image) => imageNodes(work.images.get(image))),
    ...service.models.map(provideModelId),
    ...work.providers.filter((each) => service.providers.includes(each.service)).map((each) => provideId(each.service)),
  ];
}

/**
 * Replaces a container: the new one is created under a temporary name, then the old one is stopped, and kept until the new
 * one has proved itself (`finishReplacements`). Anonymous volumes pass on, unless the caller wants new ones.
 */
function addRecreate(
  work: UpWork,
  replica: ReplicaToMake & { readonly container: ObservedContainer },
  replacement: PlannedReplacement,
): Pick<PreparedReplica, 'ready' | 'replaces'> {
  const { container, address, name, service } = replica;
  const group = `recreate ${address}`;
  const { cause, changes, guard, removeFirst } = replacement;
  const step = { cause, guard, group };
  const creation: Creation = {
    ...step,
    needs: [],
    changes,
    replaces: true,
    inherited: work.policy.renewAnonymousVolumes === true ? [] : takenOver(work, service, container),
  };
  const old = { ...step, address, timeoutSeconds: work.policy.stopTimeoutSeconds };
  if (removeFirst) {
    const remove = addRemoval(work.draft, container, old);
    return { ready: addCreation(work, replica, { ...creation, needs: [remove] }), replaces: undefined };
  }
  const made = addCreation(work, replica, {
    ...creation,
    temporaryName: temporaryName(container, name),
    former: container.id,
  });
  const stop = ensureStop(work.draft, container, { ...old, needs: made });
  return { ready: stop === undefined ? made : [...made, stop], replaces: step };
}

function takenOver(work: UpWork, service: DesiredService, container: ObservedContainer): readonly MountRequest[] {
  const byId = [...work.observed.images.values()].find(({ Id: id }) => id === container.imageDigest);
  return inheritedMounts(service, container, container.image ?? byId);
}

function addRename(work: UpWork, replica: ReplicaIdentity, container: ObservedContainer): string {
  const { address, name } = replica;
  return work.draft.add({
    id: `rename ${address}`,
    address,
    operation: { kind: 'rename-container', container: { kind: 'latest', address, name, id: container.id }, name },
    needs: [],
    cause: 'an earlier recreate was interrupted',
  });
}
