import type { EndpointRequest } from '../engine/container.ts';
import type { Project } from '../project/project.ts';
import type { Service, ServiceNetwork } from '../project/service.ts';
import type { DesiredService } from './desired-state.ts';
import { filled, nonBlank, nonZero, withoutUndefined } from './without-undefined.ts';

const INTERFACE_NAME_OPTION = 'com.docker.network.endpoint.ifname';

/** Keys of the networks a service joins: highest priority first, then by name; none with `network_mode`. */
export function networkKeys(service: Service): readonly string[] {
  if (nonBlank(service.network_mode) !== undefined) return [];
  const priority = (key: string): number => service.networks?.[key]?.priority ?? 0;
  return Object.keys(service.networks ?? {}).toSorted((a, b) => priority(b) - priority(a) || (a < b ? -1 : 1));
}

/** Endpoints of a service, primary first (spec-facts section 29.2); the container's own name is added per replica. */
export function serviceEndpoints(project: Project, name: string, service: Service): DesiredService['endpoints'] {
  return networkKeys(service).map((key, index) => ({
    network: project.networks[key]?.name ?? key,
    request: endpointRequest(name, service, service.networks?.[key] ?? {}, index === 0),
  }));
}

/** `container` or `container:alias`. */
function linkText(text: string): string {
  const [name = '', alias = name] = text.split(':');
  return `${name}:${alias}`;
}

function endpointRequest(
  name: string,
  service: Service,
  membership: ServiceNetwork,
  primary: boolean,
): EndpointRequest {
  const driverOptions = { ...membership.driver_opts };
  if (membership.interface_name !== undefined) driverOptions[INTERFACE_NAME_OPTION] = membership.interface_name;
  const address = withoutUndefined<NonNullable<EndpointRequest['IPAMConfig']>>({
    IPv4Address: nonBlank(membership.ipv4_address),
    IPv6Address: nonBlank(membership.ipv6_address),
    LinkLocalIPs: filled(membership.link_local_ips),
  });
  return withoutUndefined<EndpointRequest>({
    Aliases: [...new Set([name, ...(membership.aliases ?? [])])],
    Links: filled((service.external_links ?? []).map(linkText)),
    MacAddress: nonBlank(membership.mac_address) ?? (primary ? nonBlank(service.mac_address) : undefined),
    DriverOpts: Object.keys(driverOptions).length === 0 ? undefined : driverOptions,
    GwPriority: nonZero(membership.gw_priority),
    IPAMConfig: Object.keys(address).length === 0 ? undefined : address,
  });
}
