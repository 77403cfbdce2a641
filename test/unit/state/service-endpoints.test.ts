import { describe, expect, test } from 'vitest';
import { containerRequest } from '../../../src/state/container-request.ts';
import { desiredState } from '../../../src/state/derive-desired-state.ts';
import type { DesiredService } from '../../../src/state/desired-state.ts';
import { projectOf, type ServiceSketch } from './project-of.ts';

const options = { toolVersion: '0.1.0' };

function desired(sketch: ServiceSketch, more: Omit<Parameters<typeof projectOf>[0], 'services'> = {}): DesiredService {
  const [service] = desiredState(projectOf({ ...more, services: { web: sketch } }), options).services;
  if (service === undefined) throw new Error('no service');
  return service;
}

describe('networks', () => {
  const networks = { front: { name: 'real-front' }, back: {}, admin: {} };
  const membership = {
    networks: {
      back: { ipv4_address: '172.29.7.9', link_local_ips: ['169.254.1.1'] },
      front: { aliases: ['w', 'web'], priority: 5, gw_priority: 2, interface_name: 'eth9', driver_opts: { a: 'b' } },
      admin: null,
    },
    mac_address: '02:42:ac:11:65:43',
  };

  test('the highest priority is primary, then names decide', () => {
    const service = desired(membership, { networks });
    expect(service.networks).toEqual(['front', 'admin', 'back']);
    expect(service.template.HostConfig?.NetworkMode).toBe('real-front');
    expect(service.endpoints).toEqual([
      {
        network: 'real-front',
        request: {
          Aliases: ['web', 'w'],
          MacAddress: '02:42:ac:11:65:43',
          DriverOpts: { a: 'b', 'com.docker.network.endpoint.ifname': 'eth9' },
          GwPriority: 2,
        },
      },
      { network: 'shop_admin', request: { Aliases: ['web'] } },
      {
        network: 'shop_back',
        request: {
          Aliases: ['web'],
          IPAMConfig: { IPv4Address: '172.29.7.9', LinkLocalIPs: ['169.254.1.1'] },
        },
      },
    ]);
  });

  test('a replica adds its own name, its number and its image, and all endpoints from API 1.44 on', () => {
    const request = containerRequest(desired(membership, { networks }), 2, {
      apiVersion: '1.51',
      imageDigest: 'sha256:1',
    });
    expect(request.name).toBe('shop-web-2');
    expect(request.body.Labels).toMatchObject({
      'com.docker.compose.container-number': '2',
      'com.docker.compose.image': 'sha256:1',
    });
    expect(Object.keys(request.body.NetworkingConfig?.EndpointsConfig ?? {})).toEqual([
      'real-front',
      'shop_admin',
      'shop_back',
    ]);
    expect(request.body.NetworkingConfig?.EndpointsConfig['shop_admin']?.Aliases).toEqual(['shop-web-2', 'web']);
    expect(request.connect).toEqual([]);
  });

  test('before API 1.44 the create call carries the primary endpoint only', () => {
    const service = desired(membership, { networks });
    const request = containerRequest(service, 1, { apiVersion: '1.43', imageDigest: undefined });
    expect(Object.keys(request.body.NetworkingConfig?.EndpointsConfig ?? {})).toEqual(['real-front']);
    expect(request.connect.map(({ network }) => network)).toEqual(['shop_admin', 'shop_back']);
    expect(request.body.MacAddress).toBe('02:42:ac:11:65:43');
    expect(request.body.Labels).not.toHaveProperty('com.docker.compose.image');
  });

  test('network_mode leaves no endpoints', () => {
    const service = desired({ network_mode: 'none' });
    expect(service.endpoints).toEqual([]);
    const { body } = containerRequest(service, 1, { apiVersion: '1.51', imageDigest: 'sha256:1' });
    expect(body).not.toHaveProperty('NetworkingConfig');
    expect(body.HostConfig?.NetworkMode).toBe('none');
  });

  test('are created with the labels of Docker Compose and only what the file says', () => {
    const project = projectOf({
      services: { web: {} },
      networks: {
        back: {
          driver: 'bridge',
          internal: true,
          labels: { tier: 'back' },
          ipam: { config: [{ subnet: '172.29.7.0/24', aux_addresses: { gate: '172.29.7.9' } }] },
        },
        outside: { name: 'outside', external: true },
      },
    });
    const { networks: found } = desiredState(project, options);
    const back = found.find(({ key }) => key === 'back');
    expect(back?.request).toEqual({
      Name: 'shop_back',
      Driver: 'bridge',
      Internal: true,
      IPAM: { Config: [{ Subnet: '172.29.7.0/24', AuxiliaryAddresses: { gate: '172.29.7.9' } }] },
      Labels: {
        tier: 'back',
        'com.docker.compose.network': 'back',
        'com.docker.compose.project': 'shop',
        'com.docker.compose.version': '0.1.0',
        'com.docker.compose.config-hash': back?.hash,
      },
    });
    expect(found.find(({ key }) => key === 'outside')).toMatchObject({ external: true, name: 'outside' });
  });
});
