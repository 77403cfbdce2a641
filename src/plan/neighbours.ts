import { referenceMissing } from '../diagnostics/plan-diagnostics.ts';
import { fillReferences, serviceReference } from '../state/container-references.ts';
import { containerName, type Neighbours } from '../state/container-request.ts';
import type { DesiredService } from '../state/desired-state.ts';
import type { ObservedContainer } from '../state/observed-state.ts';
import type { ServiceVerdict } from './assess-replicas.ts';
import { groupBy } from './group-by.ts';
import type { OpenReferences } from './operation.ts';
import type { PlanDraft } from './plan-draft.ts';
import type { PreparedReplica, UpWork } from './up-work.ts';

/** What a service's containers would be told of others as those are before the plan. */
export interface PresentNeighbours extends Neighbours {
  /** Services it takes part in whose first container is made anew. */
  readonly remade: readonly string[];
}

/**
 * The containers that a service refers to as they are now: those of a service in scope by its verdict, others as observed.
 * Reports a reference to a service that has and gets no container.
 */
export function presentNeighbours(
  service: DesiredService,
  verdicts: ReadonlyMap<string, ServiceVerdict>,
  containers: ReadonlyMap<string, readonly ObservedContainer[]>,
  draft: PlanDraft,
): PresentNeighbours {
  const references = new Map<string, string>();
  const remade: string[] = [];
  for (const { service: name, attribute, below } of service.references) {
    const verdict = verdicts.get(name);
    const first = verdict?.replicas[0];
    const container = verdict === undefined ? firstOf(containers.get(name) ?? []) : containerOf(first);
    if (container === undefined && first === undefined) {
      draft.report(referenceMissing(`services.${service.name}.${below}`, service.name, attribute, name));
    }
    if (container !== undefined) references.set(serviceReference(name), container.id);
    if (first !== undefined && isMadeAnew(first)) remade.push(name);
  }
  return { references, names: linkedNames(service, (name) => namesNow(name, verdicts, containers)), remade };
}

function containerOf(replica: ServiceVerdict['replicas'][number] | undefined): ObservedContainer | undefined {
  return replica?.kind === 'existing' ? replica.container : undefined;
}

function isMadeAnew(replica: ServiceVerdict['replicas'][number]): boolean {
  if (replica.kind === 'create') return true;
  return replica.replacement !== undefined && !replica.replacement.ifImageChanges;
}

function firstOf(containers: readonly ObservedContainer[]): ObservedContainer | undefined {
  return containers.toSorted((a, b) => (a.number ?? 0) - (b.number ?? 0))[0];
}

function linkedNames(
  { links }: DesiredService,
  namesOf: (service: string) => readonly string[],
): ReadonlyMap<string, readonly string[]> {
  return new Map(links.map(({ service }) => [service, namesOf(service)]));
}

function namesNow(
  name: string,
  verdicts: ReadonlyMap<string, ServiceVerdict>,
  containers: ReadonlyMap<string, readonly ObservedContainer[]>,
): readonly string[] {
  const verdict = verdicts.get(name);
  if (verdict === undefined) return (containers.get(name) ?? []).map((container) => container.name);
  return verdict.replicas.map(({ number }) => containerName(verdict.service, number));
}

/** What a container is told of others once the plan has run, and what the plan has to fill in for that. */
export interface ComingNeighbours {
  readonly neighbours: Neighbours;
  readonly open: OpenReferences | undefined;
  /** The creations that the request waits for. */
  readonly needs: readonly string[];
}

/** The containers that a service refers to as the plan leaves them. */
export function comingNeighbours(
  work: UpWork,
  service: DesiredService,
  prepared: ReadonlyMap<string, readonly PreparedReplica[]>,
): ComingNeighbours {
  const containers = groupBy(
    work.observed.containers.filter(({ oneOff }) => !oneOff),
    (container) => container.service,
  );
  const references = new Map<string, string>();
  const ids: OpenReferences['ids'][number][] = [];
  const needs: string[] = [];
  for (const name of new Set(service.references.map((reference) => reference.service))) {
    const first = prepared.get(name)?.[0];
    const known = first === undefined ? firstOf(containers.get(name) ?? []) : keptContainer(first);
    if (known !== undefined) references.set(serviceReference(name), known.id);
    if (first === undefined || known !== undefined) continue;
    const { address, container } = first;
    const text = `ref(${address}).id`;
    references.set(serviceReference(name), text);
    ids.push({ text, container: { kind: 'latest', address, name: first.name, id: container?.id } });
    needs.push(`create ${address}`);
  }
  const names = linkedNames(service, (name) => {
    const own = prepared.get(name);
    return own === undefined
      ? (containers.get(name) ?? []).map((container) => container.name)
      : own.map((replica) => replica.name);
  });
  const { hashed } = service;
  const open =
    ids.length === 0 || hashed === undefined ? undefined : { ids, hashed: fillReferences(hashed, references) };
  return { neighbours: { references, names }, open, needs };
}

function keptContainer({ outcome, container }: PreparedReplica): ObservedContainer | undefined {
  return outcome === 'kept' ? container : undefined;
}
