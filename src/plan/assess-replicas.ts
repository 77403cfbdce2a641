import { containerNameScaled } from '../diagnostics/plan-diagnostics.ts';
import { hashOfText } from '../state/config-hash.ts';
import { fillReferences } from '../state/container-references.ts';
import { containerRequest } from '../state/container-request.ts';
import type { DesiredService } from '../state/desired-state.ts';
import { differences } from '../state/differences.ts';
import type { FieldChange } from '../state/field-change.ts';
import { fileChanges } from '../state/files-label.ts';
import type { ObservedContainer } from '../state/observed-state.ts';
import { isProvided } from './add-providers.ts';
import type { ImageVerdict } from './assess-images.ts';
import type { NetworkVerdict } from './assess-networks.ts';
import { hasTemporaryName } from './container-state.ts';
import { imageNodes } from './image-nodes.ts';
import type { PresentNeighbours } from './neighbours.ts';
import type { PlanDraft } from './plan-draft.ts';
import type { RecreateStrategy } from './up-policy.ts';

/** Why a container is replaced, if it is. */
export interface Replacement {
  readonly cause: string;
  readonly changes: readonly FieldChange[];
  /** Only if a pull of this plan brings another image. */
  readonly ifImageChanges: boolean;
}

/** What becomes of one replica of a service. */
export type ReplicaVerdict =
  | { readonly kind: 'create'; readonly number: number }
  | {
      readonly kind: 'existing';
      readonly number: number;
      readonly container: ObservedContainer;
      readonly replacement: Replacement | undefined;
      /** Its hash differs, and nothing else does. */
      readonly keptDespiteHash: boolean;
    };

/** A container that goes. Without a number it shares the number of one that stays. */
export interface SurplusContainer {
  readonly container: ObservedContainer;
  readonly number: number | undefined;
  readonly cause: string;
}

/** What becomes of all containers of a service. */
export interface ServiceVerdict {
  readonly service: DesiredService;
  /** In the order of their numbers. */
  readonly replicas: readonly ReplicaVerdict[];
  readonly surplus: readonly SurplusContainer[];
}

/** What the comparison of a container depends on beside its service. */
export interface ReplicaSituation {
  /** Containers of the service, one-offs excepted. */
  readonly containers: readonly ObservedContainer[];
  readonly apiVersion: string;
  readonly image: ImageVerdict;
  readonly networks: ReadonlyMap<string, NetworkVerdict>;
  /** Real names of volumes by key. */
  readonly volumeNames: ReadonlyMap<string, string>;
  readonly strategy: RecreateStrategy;
  readonly scale: number;
  /** Containers of other services that this one refers to. */
  readonly neighbours: PresentNeighbours;
  readonly draft: PlanDraft;
}

/** Decides for every container of a service whether it stays, is replaced or goes, and which are missing. */
export function assessService(service: DesiredService, situation: ReplicaSituation): ServiceVerdict {
  const { containers: own, scale, draft } = situation;
  if (service.containerName !== undefined && scale > 1) {
    draft.report(containerNameScaled(`services.${service.name}.container_name`, service.name, service.containerName));
  }
  const numbers = numbering(own);
  const assess = (container: ObservedContainer): Assessed => ({
    ...assessContainer(service, container, numbers.get(container.id) ?? 1, situation),
    container,
    number: numbers.get(container.id) ?? 1,
  });
  const assessed = own.map(assess);
  const gone = assessed.filter(({ container }) => container.status === 'removing');
  const { chosen, leftovers } = oneForEachNumber(assessed.filter((each) => !gone.includes(each)));
  const ranked = chosen.toSorted(survivorsFirst);
  const highest = Math.max(0, ...numbers.values());
  const missing = Array.from({ length: Math.max(0, scale - ranked.length) }, (_, index) => highest + 1 + index);
  return {
    service,
    replicas: [
      ...ranked.slice(0, scale).map((each) => ({ kind: 'existing', ...each }) as const),
      ...missing.map((number) => ({ kind: 'create', number }) as const),
    ].toSorted((a, b) => a.number - b.number),
    surplus: [
      ...gone.map(({ container }) => ({ container, number: undefined, cause: 'it is being removed' })),
      ...leftovers.map(({ container }) => ({
        container,
        number: undefined,
        cause: 'left over from an interrupted recreate',
      })),
      ...ranked.slice(scale).map(({ container, number }) => ({ container, number, cause: `scaled down to ${scale}` })),
    ],
  };
}

interface Assessed {
  readonly container: ObservedContainer;
  readonly number: number;
  readonly replacement: Replacement | undefined;
  readonly keptDespiteHash: boolean;
}

/** Numbers by label; a container without one comes after the others. */
function numbering(containers: readonly ObservedContainer[]): ReadonlyMap<string, number> {
  const known = containers.flatMap(({ number }) => number ?? []);
  let next = Math.max(0, ...known) + 1;
  return new Map(containers.map(({ id, number }) => [id, number ?? next++]));
}

/** After an interrupted recreate two containers have one number: the one that fits stays, else the one that was first. */
function oneForEachNumber(containers: readonly Assessed[]): {
  readonly chosen: readonly Assessed[];
  readonly leftovers: readonly Assessed[];
} {
  const rank = ({ container, replacement }: Assessed): number =>
    (replacement === undefined || replacement.ifImageChanges ? 0 : 2) + (hasTemporaryName(container) ? 1 : 0);
  const sorted = containers.toSorted((a, b) => rank(a) - rank(b));
  const numbers = new Set<number>();
  const chosen: Assessed[] = [];
  const leftovers: Assessed[] = [];
  for (const each of sorted) {
    (numbers.has(each.number) ? leftovers : chosen).push(each);
    numbers.add(each.number);
  }
  return { chosen, leftovers };
}

/**
 * When scaling down, containers that would be replaced go first, the oldest of them before the others, as with Docker Compose,
 * then those with the highest numbers. The engine lists the newest first.
 */
function survivorsFirst(a: Assessed, b: Assessed): number {
  const [staleA, staleB] = [isStale(a), isStale(b)];
  if (staleA !== staleB) return staleA ? 1 : -1;
  return staleA ? 0 : a.number - b.number;
}

function isStale({ replacement }: Assessed): boolean {
  return replacement !== undefined && !replacement.ifImageChanges;
}

type Assessment = Pick<Assessed, 'replacement' | 'keptDespiteHash'>;

/** The rules of compose-surface section 4.2, the first that applies. */
function assessContainer(
  service: DesiredService,
  container: ObservedContainer,
  number: number,
  situation: ReplicaSituation,
): Assessment {
  const replaced = (cause: string, changes: readonly FieldChange[] = [], ifImageChanges = false): Assessment => ({
    replacement: { cause, changes, ifImageChanges },
    keptDespiteHash: false,
  });
  if (situation.strategy === 'never') return { replacement: undefined, keptDespiteHash: false };
  if (situation.strategy === 'force') return replaced('forced');
  if (container.status === 'dead') return replaced('it is dead');
  const [remade] = situation.neighbours.remade;
  if (remade !== undefined) return replaced(`${remade}, which it shares in, is made anew`);
  const sameHash = container.configHash === hashNow(service, situation);
  const fields = sameHash ? [] : configurationChanges(service, container, number, situation);
  const image = imageChange(container, situation.image);
  if (fields === undefined) return replaced('configuration changed', image);
  if (fields.length > 0) return replaced('configuration changed', [...image, ...fields]);
  const contents = fileChanges(service.template.Labels ?? {}, container.labels) ?? [];
  if (contents.length > 0) return replaced('the content of its configs or secrets changed', [...image, ...contents]);
  if (image.length > 0) return replaced('image changed', image);
  const detached = detachment(service, container, situation);
  if (detached !== undefined) return replaced(...detached);
  if (imageNodes(situation.image).length > 0) {
    return { ...replaced(pullCause(situation.image), [], true), keptDespiteHash: !sameHash };
  }
  return { replacement: undefined, keptDespiteHash: !sameHash };
}

function hashNow({ hash, hashed }: DesiredService, { neighbours }: ReplicaSituation): string {
  return hashed === undefined ? hash : hashOfText(fillReferences(hashed, neighbours.references));
}

function pullCause(image: ImageVerdict): string {
  if (image.build !== undefined && image.present !== undefined) return `its image is built: ${image.build.cause}`;
  return image.present === undefined ? 'its image is not on the engine' : `pull_policy ${image.policy}`;
}

/** Undefined if nothing could be compared. Copied files that the container does not tell of count as changed. */
function configurationChanges(
  service: DesiredService,
  container: ObservedContainer,
  number: number,
  situation: ReplicaSituation,
): readonly FieldChange[] | undefined {
  if (container.inspect === undefined) return undefined;
  const { apiVersion, neighbours } = situation;
  const inputs = { apiVersion, imageDigest: container.imageDigest, neighbours };
  const all = differences(containerRequest(service, number, inputs), container.inspect, container.image);
  // What providers give is known only once they have run.
  const found = all.filter(({ path }) => !isProvided(path.replace(/^environment\./, ''), service.providers));
  const untold = fileChanges(service.template.Labels ?? {}, container.labels) === undefined;
  return found.length === 0 && untold ? undefined : found;
}

/** What the image of the service is now against what the container was made from; nothing while a pull decides. */
function imageChange(container: ObservedContainer, image: ImageVerdict): readonly FieldChange[] {
  const before = container.inspect?.Config.Image ?? container.summary.Image;
  const renamed = before !== image.reference && !before.startsWith('sha256:');
  if (image.present === undefined) {
    const moved = renamed && container.inspect !== undefined;
    return moved ? [{ path: 'image', before, after: image.reference, secret: false }] : [];
  }
  if (container.imageDigest === image.present.Id) return [];
  const [old, now] = renamed ? [before, image.reference] : [shortId(container.imageDigest), shortId(image.present.Id)];
  return [{ path: 'image', before: old, after: now, secret: false }];
}

function shortId(digest: string): string {
  return digest.slice(0, 'sha256:'.length + 12);
}

type Detachment = readonly [cause: string, changes: readonly FieldChange[]];

/**
 * A network or volume of the model that the container is not attached to. A stopped container remembers its networks by
 * id and cannot be started without them; one that was never started has none yet.
 */
function detachment(
  service: DesiredService,
  container: ObservedContainer,
  situation: ReplicaSituation,
): Detachment | undefined {
  for (const key of container.status === 'created' ? [] : service.networks) {
    const verdict = situation.networks.get(key);
    const id = verdict === undefined ? '' : currentId(verdict);
    if (verdict === undefined || id === '' || container.networkIds.includes(id ?? '')) continue;
    const change = { path: `networks.${verdict.network.name}`, before: undefined, after: 'joined', secret: false };
    return [`it is not attached to network ${verdict.network.name}`, [change]];
  }
  for (const key of service.volumes) {
    const name = situation.volumeNames.get(key);
    if (name === undefined || container.mounts.some((mount) => mount.Name === name)) continue;
    const change = { path: 'volumes', before: undefined, after: name, secret: false };
    return [`volume ${name} is not mounted`, [change]];
  }
  return undefined;
}

/** The network a container has to be on now: undefined for one that is not there yet. */
function currentId(verdict: NetworkVerdict): string | undefined {
  switch (verdict.kind) {
    case 'create':
      return undefined;
    case 'keep':
      return verdict.id;
    case 'replace':
      return verdict.old.Id;
  }
}
