import { addressAt, type IpSubnet, offsetIn } from '../project/ip-subnet.ts';
import type { Named } from '../project/project.ts';
import type { Service, ServiceNetwork } from '../project/service.ts';
import { mapNamed } from '../state/copy-project.ts';

/** A block of addresses that a copy has in place of the one in the file. */
export interface MovedSubnet {
  /** Key of the network. */
  readonly network: string;
  readonly from: IpSubnet;
  readonly to: IpSubnet;
}

/** Services with every address that they fix in a moved block at the same place of its new block. */
export function moveAddresses(services: Named<Service>, moved: readonly MovedSubnet[]): Named<Service> {
  if (moved.length === 0) return services;
  const anywhere = (address: string): string => move(address, moved);
  return mapNamed(services, (service) => ({
    ...service,
    ...(service.networks === undefined
      ? {}
      : { networks: mapNamed(service.networks, (membership, key) => moveMembership(membership, key, moved)) }),
    ...(service.extra_hosts === undefined
      ? {}
      : { extra_hosts: service.extra_hosts.map((host) => moveHost(host, anywhere)) }),
    ...(service.dns === undefined ? {} : { dns: service.dns.map(anywhere) }),
  }));
}

function move(address: string, moved: readonly MovedSubnet[]): string {
  for (const { from, to } of moved) {
    const offset = offsetIn(from, address);
    if (offset !== undefined) return addressAt(to, offset);
  }
  return address;
}

function moveMembership(
  membership: ServiceNetwork | null,
  key: string,
  moved: readonly MovedSubnet[],
): ServiceNetwork | null {
  if (membership === null) return null;
  const own = moved.filter(({ network }) => network === key);
  const { ipv4_address: version4, ipv6_address: version6 } = membership;
  return {
    ...membership,
    ...(version4 === undefined ? {} : { ipv4_address: move(version4, own) }),
    ...(version6 === undefined ? {} : { ipv6_address: move(version6, own) }),
  };
}

/** `name=address`. */
function moveHost(host: string, anywhere: (address: string) => string): string {
  const separator = host.indexOf('=');
  return separator < 0 ? host : `${host.slice(0, separator + 1)}${anywhere(host.slice(separator + 1))}`;
}
