import type { Network } from '../project/project.ts';
import type { Mount, Service } from '../project/service.ts';
import { networkKeys } from './service-endpoints.ts';
import { nonBlank } from './without-undefined.ts';

/** Something that engines can do since some version of their API. */
export interface EngineFeature {
  /** The attribute as a person writes it, such as `networks.*.interface_name`. */
  readonly attribute: string;
  readonly apiVersion: string;
  /** The Docker Engine that brought it. */
  readonly release: string;
}

/** An attribute of a project that needs a feature. */
export interface ApiRequirement extends EngineFeature {
  /** Dotted path, below the service or network. */
  readonly below: string;
}

const features = {
  clusterMount: { attribute: 'volumes of type cluster', apiVersion: '1.42', release: '23' },
  annotations: { attribute: 'annotations', apiVersion: '1.43', release: '24' },
  startInterval: { attribute: 'healthcheck.start_interval', apiVersion: '1.44', release: '25' },
  macAddress: { attribute: 'networks.*.mac_address', apiVersion: '1.44', release: '25' },
  recursive: { attribute: 'volumes.bind.recursive', apiVersion: '1.44', release: '25' },
  subpath: { attribute: 'volumes.volume.subpath', apiVersion: '1.45', release: '26' },
  imageMount: { attribute: 'volumes of type image', apiVersion: '1.48', release: '28' },
  gatewayPriority: { attribute: 'networks.*.gw_priority', apiVersion: '1.48', release: '28' },
  noIpv4: { attribute: 'networks.enable_ipv4: false', apiVersion: '1.48', release: '28' },
  interfaceName: { attribute: 'networks.*.interface_name', apiVersion: '1.49', release: '28.1' },
} as const satisfies Record<string, EngineFeature>;

/** Every feature that an attribute of a compose file can need, oldest first (spec-facts section 30.4). */
export const engineFeatures: readonly EngineFeature[] = Object.values(features);

/** What a service asks for that older engines would ignore or could not do. */
export function serviceRequirements(service: Service): readonly ApiRequirement[] {
  const check = service.healthcheck;
  const hasAnnotations = Object.keys(service.annotations ?? {}).length > 0;
  return [
    ...(hasAnnotations ? [needs(features.annotations, 'annotations')] : []),
    ...(check?.start_interval !== undefined && check.disable !== true
      ? [needs(features.startInterval, 'healthcheck.start_interval')]
      : []),
    ...networkKeys(service).flatMap((key, index) => endpointRequirements(service, key, index === 0)),
    ...(service.volumes ?? []).flatMap((mount, index) => mountRequirements(mount, `volumes.${index}`)),
  ];
}

/** What a network asks for that older engines would ignore. */
export function networkRequirements(network: Network): readonly ApiRequirement[] {
  return network.enable_ipv4 === false && network.external !== true ? [needs(features.noIpv4, 'enable_ipv4')] : [];
}

function needs(feature: EngineFeature, below: string, attribute: string = feature.attribute): ApiRequirement {
  return { ...feature, attribute, below };
}

/** Older engines know one address a container: that of its main network. */
function endpointRequirements(service: Service, key: string, primary: boolean): readonly ApiRequirement[] {
  const membership = service.networks?.[key] ?? {};
  const need = (feature: EngineFeature, member: string): ApiRequirement =>
    needs(feature, `networks.${key}.${member}`, `networks.${key}.${member}`);
  return [
    ...(membership.interface_name === undefined ? [] : [need(features.interfaceName, 'interface_name')]),
    ...((membership.gw_priority ?? 0) === 0 ? [] : [need(features.gatewayPriority, 'gw_priority')]),
    ...(primary || nonBlank(membership.mac_address) === undefined ? [] : [need(features.macAddress, 'mac_address')]),
  ];
}

function mountRequirements({ type, bind, volume }: Mount, below: string): readonly ApiRequirement[] {
  if (type === 'image') return [needs(features.imageMount, below, 'volume with type=image')];
  if (type === 'cluster') return [needs(features.clusterMount, below, 'volume with type=cluster')];
  return [
    ...(bind?.recursive === 'readonly' || bind?.recursive === 'writable'
      ? [needs(features.recursive, `${below}.bind.recursive`)]
      : []),
    ...(nonBlank(volume?.subpath) === undefined ? [] : [needs(features.subpath, `${below}.volume.subpath`)]),
  ];
}
