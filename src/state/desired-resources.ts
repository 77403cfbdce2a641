import type { NetworkCreateRequest, VolumeCreateRequest } from '../engine/resource.ts';
import type { Named, Network, Project, Volume } from '../project/project.ts';
import { networkRequirements } from './api-requirements.ts';
import { networkHash, volumeHash } from './config-hash.ts';
import type { DesiredNetwork, DesiredVolume } from './desired-state.ts';
import { instanceLabels } from './instance-labels.ts';
import { CONFIG_HASH_LABEL, NETWORK_LABEL, PROJECT_LABEL, VERSION_LABEL, VOLUME_LABEL } from './labels.ts';
import { filled, nonBlank, withoutUndefined } from './without-undefined.ts';

/** A network of the file as the engine is to hold it (`POST /networks/create`, spec-facts section 24.4). */
export function desiredNetwork(project: Project, key: string, network: Network, toolVersion: string): DesiredNetwork {
  const hash = networkHash(network);
  const request = withoutUndefined<NetworkCreateRequest>({
    Name: network.name,
    Driver: nonBlank(network.driver),
    Internal: network.internal,
    Attachable: network.attachable,
    EnableIPv4: network.enable_ipv4,
    EnableIPv6: network.enable_ipv6,
    IPAM: addressManagement(network, project.origin.addressOptions?.[key]),
    Options: network.driver_opts,
    Labels: {
      ...network.labels,
      ...instanceLabels(project),
      [NETWORK_LABEL]: key,
      [PROJECT_LABEL]: project.name,
      [VERSION_LABEL]: toolVersion,
      [CONFIG_HASH_LABEL]: hash,
    },
  });
  return {
    key,
    name: network.name,
    external: network.external === true,
    request,
    hash,
    requirements: networkRequirements(network),
  };
}

function addressManagement(network: Network, options: Named<string> | undefined): NetworkCreateRequest['IPAM'] {
  const pools = filled(network.ipam.config);
  const driver = nonBlank(network.ipam.driver);
  if (pools === undefined && driver === undefined && options === undefined) return undefined;
  type Addresses = NonNullable<NetworkCreateRequest['IPAM']>;
  type Pool = NonNullable<Addresses['Config']>[number];
  return withoutUndefined<Addresses>({
    Driver: driver,
    Config: pools?.map((pool) =>
      withoutUndefined<Pool>({
        Subnet: nonBlank(pool.subnet),
        IPRange: nonBlank(pool.ip_range),
        Gateway: nonBlank(pool.gateway),
        AuxiliaryAddresses: pool.aux_addresses,
      }),
    ),
    Options: options,
  });
}

/** A volume of the file as the engine is to hold it (`POST /volumes/create`, spec-facts section 24.7). */
export function desiredVolume(project: Project, key: string, volume: Volume, toolVersion: string): DesiredVolume {
  const hash = volumeHash(volume);
  const request = withoutUndefined<VolumeCreateRequest>({
    Name: volume.name,
    Driver: nonBlank(volume.driver),
    DriverOpts: volume.driver_opts,
    Labels: {
      ...volume.labels,
      ...instanceLabels(project),
      [VOLUME_LABEL]: key,
      [PROJECT_LABEL]: project.name,
      [VERSION_LABEL]: toolVersion,
      [CONFIG_HASH_LABEL]: hash,
    },
  });
  return { key, name: volume.name, external: volume.external === true, request, hash };
}
