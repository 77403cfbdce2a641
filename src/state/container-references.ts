import type { ContainerCreateRequest } from '../engine/container.ts';
import type { Service } from '../project/service.ts';
import { hashOfText } from './config-hash.ts';
import { CONFIG_HASH_LABEL } from './labels.ts';

/** An attribute by which a service takes part in a container of another service. */
export interface ContainerReference {
  readonly attribute: 'network_mode' | 'ipc' | 'pid' | 'volumes_from';
  readonly service: string;
  /** Dotted path below the service, such as `volumes_from.0`. */
  readonly below: string;
}

const namespaces = ['network_mode', 'ipc', 'pid'] as const;

/** The references of a service to containers of other services, in the order of the attributes. */
export function containerReferences(service: Service): readonly ContainerReference[] {
  const shared = namespaces.flatMap((attribute): readonly ContainerReference[] => {
    const name = sharedService(service[attribute]);
    return name === undefined ? [] : [{ attribute, service: name, below: attribute }];
  });
  const volumes = (service.volumes_from ?? []).flatMap((from, index): readonly ContainerReference[] => {
    const [name = ''] = from.split(':');
    if (name === 'container') return [];
    return [{ attribute: 'volumes_from', service: name, below: `volumes_from.${index}` }];
  });
  return [...shared, ...volumes];
}

/** The service of `service:NAME`. */
function sharedService(mode: string | undefined): string | undefined {
  return mode?.startsWith('service:') === true ? mode.slice('service:'.length) : undefined;
}

/** What stands for the id of a service's first container where it is not known yet. */
export function serviceReference(service: string): string {
  return `ref(service:${service}).id`;
}

/** Whether a text holds the place of an id that is not known yet. */
export function hasOpenReference(text: string | undefined): boolean {
  return text?.includes('ref(service:') === true;
}

/** The service with every reference in the engine's own words, the ids left open (see {@link serviceReference}). */
export function withOpenReferences(service: Service): Service {
  const open: Partial<Record<(typeof namespaces)[number], string>> = {};
  for (const attribute of namespaces) {
    const name = sharedService(service[attribute]);
    if (name !== undefined) open[attribute] = `container:${serviceReference(name)}`;
  }
  if (service.volumes_from === undefined) return { ...service, ...open };
  return { ...service, ...open, volumes_from: service.volumes_from.map(openVolumes) };
}

/** `rw` is what the engine does without a mode. */
function openVolumes(from: string): string {
  const [first = '', ...rest] = from.split(':');
  const [name = '', mode = ''] = first === 'container' ? rest : [serviceReference(first), ...rest];
  return mode === '' || mode === 'rw' ? name : `${name}:${mode}`;
}

/** Puts texts, ids mostly, in the place of open references. */
export function fillReferences(text: string, ids: ReadonlyMap<string, string>): string {
  return [...ids].reduce((filled, [open, id]) => filled.replaceAll(open, id), text);
}

/**
 * The request with its open references filled in, and with the hash of the service as it is then: Docker Compose hashes
 * ids of containers too (compose-surface section 3.3).
 */
export function requestWithReferences(
  request: ContainerCreateRequest,
  hashed: string,
  ids: ReadonlyMap<string, string>,
): ContainerCreateRequest {
  const { HostConfig: host = {} } = request;
  const mode = (text: string | undefined): string | undefined =>
    text === undefined ? undefined : fillReferences(text, ids);
  const [NetworkMode, IpcMode, PidMode] = [mode(host.NetworkMode), mode(host.IpcMode), mode(host.PidMode)];
  return {
    ...request,
    Labels: { ...request.Labels, [CONFIG_HASH_LABEL]: hashOfText(fillReferences(hashed, ids)) },
    HostConfig: {
      ...host,
      ...(NetworkMode === undefined ? {} : { NetworkMode }),
      ...(IpcMode === undefined ? {} : { IpcMode }),
      ...(PidMode === undefined ? {} : { PidMode }),
      ...(host.VolumesFrom === undefined
        ? {}
        : { VolumesFrom: host.VolumesFrom.map((from) => fillReferences(from, ids)) }),
    },
  };
}
