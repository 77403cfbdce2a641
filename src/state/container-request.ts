import type { ContainerCreateRequest, EndpointRequest, MountRequest } from '../engine/container.ts';
import { isApiAtLeast } from './api-version.ts';
import { requestWithReferences } from './container-references.ts';
import type { DesiredService } from './desired-state.ts';
import { CONTAINER_NUMBER_LABEL, IMAGE_LABEL, REPLACE_LABEL } from './labels.ts';
import { filled, withoutUndefined } from './without-undefined.ts';

/** What one replica adds to its service's template. */
export interface ReplicaInputs {
  /** The engine's API version, which decides what the create call can carry. */
  readonly apiVersion: string;
  /** Id of the image (label `image`); undefined while a pull of the same plan decides it. */
  readonly imageDigest: string | undefined;
  /** Anonymous volumes taken over from the container that is replaced. */
  readonly inherited?: readonly MountRequest[];
  /** Whether it replaces a container. */
  readonly replaces?: boolean;
  readonly neighbours?: Neighbours;
}

/** What a container is told of containers of other services. */
export interface Neighbours {
  /** What fills open references: ids, or texts that stand for ids the plan is going to know. */
  readonly references: ReadonlyMap<string, string>;
  /** Names of the containers of linked services. */
  readonly names: ReadonlyMap<string, readonly string[]>;
}

/** One replica's create call. */
export interface ContainerRequest {
  /** The final name. */
  readonly name: string;
  readonly body: ContainerCreateRequest;
  /** Endpoints to connect after the create, on an engine that takes one in the call (API below 1.44). */
  readonly connect: readonly { readonly network: string; readonly request: EndpointRequest }[];
}

/** The name of a replica: `container_name`, else prefix and number (compose-surface section 3.1). */
export function containerName(service: DesiredService, number: number): string {
  return service.containerName ?? `${service.namePrefix}${number}`;
}

/** Completes a service's template for one replica (`POST /containers/create`, compose-surface sections 4.3 and 4.17). */
export function containerRequest(service: DesiredService, number: number, inputs: ReplicaInputs): ContainerRequest {
  const name = containerName(service, number);
  const links = linkTexts(service, number, inputs.neighbours);
  const endpoints = service.endpoints.map(({ network, request }) => ({
    network,
    request: withoutUndefined<EndpointRequest>({
      ...request,
      Aliases: [...new Set([name, ...(request.Aliases ?? [])])],
      Links: filled([...links, ...(request.Links ?? [])]),
    }),
  }));
  const allAtOnce = isApiAtLeast(inputs.apiVersion, '1.44');
  const first = allAtOnce ? endpoints : endpoints.slice(0, 1);
  const { hashed } = service;
  const template =
    hashed === undefined
      ? service.template
      : requestWithReferences(service.template, hashed, inputs.neighbours?.references ?? new Map());
  return {
    name,
    body: withoutUndefined<ContainerCreateRequest>({
      ...template,
      ...(allAtOnce ? {} : olderMembers(endpoints[0]?.request)),
      Labels: labels(service, template.Labels, number, inputs),
      HostConfig: { ...template.HostConfig, ...inheritedMounts(service, inputs.inherited ?? []) },
      NetworkingConfig:
        first.length === 0
          ? undefined
          : { EndpointsConfig: Object.fromEntries(first.map(({ network, request }) => [network, request])) },
    }),
    connect: endpoints.slice(first.length),
  };
}

/** Each container of a linked service under the alias and the two names of the first version of Compose, with the number of the one that links. */
function linkTexts(service: DesiredService, number: number, neighbours: Neighbours | undefined): readonly string[] {
  const prefix = service.namePrefix.slice(0, -(service.name.length + 1));
  const separator = service.namePrefix.slice(-1);
  return service.links.flatMap(({ service: linked, alias }) => {
    const numbered = `${linked}${separator}${number}`;
    const containers = neighbours?.names.get(linked) ?? [];
    return containers.flatMap((name) => [`${name}:${alias}`, `${name}:${numbered}`, `${name}:${prefix}${numbered}`]);
  });
}

function labels(
  service: DesiredService,
  own: ContainerCreateRequest['Labels'],
  number: number,
  inputs: ReplicaInputs,
): ContainerCreateRequest['Labels'] {
  return withoutUndefined<NonNullable<ContainerCreateRequest['Labels']>>({
    ...own,
    ...(service.oneOff === true ? {} : { [CONTAINER_NUMBER_LABEL]: String(number) }),
    ...(inputs.imageDigest === undefined ? {} : { [IMAGE_LABEL]: inputs.imageDigest }),
    ...(inputs.replaces === true ? { [REPLACE_LABEL]: replacedName(service, number) } : {}),
  });
}

/** `web-1`: the label names a replica without its project. */
function replacedName(service: DesiredService, number: number): string {
  return service.containerName ?? `${service.name}${service.namePrefix.slice(-1)}${number}`;
}

/** Before API 1.44 an address is a member of the container. */
function olderMembers(primary: EndpointRequest | undefined): Partial<ContainerCreateRequest> {
  return primary?.MacAddress === undefined ? {} : { MacAddress: primary.MacAddress };
}

/** A volume that is taken over stands in for the anonymous mount that would make a new one. */
function inheritedMounts(
  service: DesiredService,
  inherited: readonly MountRequest[],
): Pick<NonNullable<ContainerCreateRequest['HostConfig']>, 'Mounts'> {
  if (inherited.length === 0) return {};
  const taken = new Set(inherited.map((mount) => mount.Target));
  const kept = (service.template.HostConfig?.Mounts ?? []).filter((mount) => !taken.has(mount.Target));
  const all = filled([...kept, ...inherited]);
  return all === undefined ? {} : { Mounts: all };
}
