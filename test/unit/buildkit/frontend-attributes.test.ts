import { expect, test } from 'vitest';
import { entitlementsOf, frontendAttributes } from '../../../src/buildkit/frontend-attributes.ts';
import { buildRequestOf } from '../../fakes/build-request.ts';

test('every attribute of the frontend comes from one of the request', () => {
  const request = buildRequestOf({
    arguments: { A: '1' },
    labels: { l: 'v' },
    target: 'run',
    platforms: ['linux/amd64', 'linux/arm64'],
    noCache: true,
    pull: true,
    extraHosts: ['db:1.2.3.4', 'six=[::1]'],
    network: 'host',
    shmSize: 64,
    ulimits: [{ name: 'nofile', soft: 1, hard: 2 }],
    provenance: 'true',
    sbom: 'generator=x',
    entitlements: ['security.insecure'],
  });
  expect(frontendAttributes(request)).toEqual({
    'build-arg:A': '1',
    'label:l': 'v',
    target: 'run',
    platform: 'linux/amd64,linux/arm64',
    'no-cache': '',
    'image-resolve-mode': 'pull',
    'add-hosts': 'db=1.2.3.4,six=::1',
    'force-network-mode': 'host',
    'shm-size': '64',
    ulimit: 'nofile=1:2',
    'attest:provenance': 'mode=min',
    'attest:sbom': 'generator=x',
  });
  expect(entitlementsOf(request)).toEqual(['security.insecure', 'network.host']);
});

test('a plain request has no attributes, and a network of its own is refused', () => {
  expect(frontendAttributes(buildRequestOf({ network: 'default', provenance: 'false' }))).toEqual({});
  expect(() => frontendAttributes(buildRequestOf({ network: 'mine' }))).toThrow('network mode "mine"');
});
