import { describe, expect, test } from 'vitest';
import { networkHash, serviceHash, volumeHash } from '../../../src/state/config-hash.ts';
import { type ServiceSketch, serviceOf } from './project-of.ts';

/** Hashes as `docker compose config --hash` of version 2.40.3 gives them for the same service. */
const known: readonly (readonly [what: string, hash: string, service: ServiceSketch])[] = [
  ['nothing but an image', '2afd7866203dca40993313263173003833e9de9c3ad83f2f59484e32a5605234', {}],
  [
    'every kind of character in a value',
    '9a8d77f36eeadf12d30f7c0fe83d0b4ba9ac263f3184c0832b8e0657bd85dbca',
    { environment: { A: 'a\tb\u0001c\u007f\u2028<>&"\\é😀\b\f' }, labels: { z: '', a: '1' } },
  ],
  [
    'an empty command and entrypoint, which differ from absent ones',
    '3a35a71a3b340a8a3e5940976ab52ddb013a43e50b5a125db3c1925dd7f1ce8a',
    { command: [], entrypoint: [] },
  ],
  [
    'booleans given as false',
    '167ad71dba7ed6b1baf677f8d395a6502436a87347a002ec1c226e1c8113c6b1',
    { init: false, attach: true },
  ],
  [
    'a processor share in single precision',
    '5b99e0d63af432970d4eb849fef084a5795fa13e93326b219fa40a877f4065b0',
    { cpus: 1.333333 },
  ],
  [
    'numbers and times given as zero',
    'd1b17306095910c6fb6c77dd6dbe20769f9fcd4fb4dc29234c1787c723237dc1',
    { healthcheck: { interval: '0s', retries: 0 } },
  ],
  [
    'memberships with empty options',
    'd54194946099173c1b0583e25713a8c2017c45a0d7338eb9ac03c73a43f08ccc',
    { networks: { n: {}, default: {} } },
  ],
  [
    'sizes, limits and scores below zero',
    'feafa050a16eda635da17f403f85840b047ae4e2654638ab71dbedbf63b923bd',
    { memswap_limit: '-1', oom_score_adj: -500, pids_limit: -1, stop_grace_period: '0s' },
  ],
  [
    'empty parts of deploy',
    '9a1c817c664d4509c8570f892e601c693486cefbdb2e18d10c34c030a3f51671',
    {
      deploy: {
        update_config: {},
        rollback_config: { parallelism: 0 },
        resources: { limits: {}, reservations: { devices: [{ capabilities: ['gpu'], count: -1 }] } },
        restart_policy: {},
        placement: {},
      },
    },
  ],
  [
    'files with modes',
    '0b06772957fb61a4daeacd6ca41a3b492f5d329507873b9254a90e25ec0a6522',
    {
      configs: [{ source: 'c', mode: '0644' }],
      secrets: [{ source: 's', target: '/run/secrets/s', mode: '00' }],
    },
  ],
  [
    'null among the values of the environment',
    '56632a5ebe21f9791e48da39748f45851202146baef6c7845096b66775a59fdd',
    { environment: { E: '', M: '1000', N: '1.5', T: 'true', Z: null } },
  ],
  [
    'mounts of every type',
    '1771c148fbbec8d1fa988ab9d30faf183c6ef6ab9ab8d43569ad8684a480330d',
    {
      volumes: [
        {
          type: 'bind',
          source: '/a',
          target: '/b',
          bind: { selinux: 'z', propagation: 'rshared', recursive: 'enabled' },
        },
        { type: 'volume', source: 'v', target: '/c', volume: { labels: { a: 'b' }, nocopy: true, subpath: 'q' } },
        { type: 'tmpfs', target: '/d', tmpfs: {} },
        { type: 'tmpfs', target: '/e' },
        { type: 'bind', source: '/a', target: '/g', bind: {} },
        { type: 'bind', source: 'v:/h', target: 'nocopy,z', bind: { create_host_path: true } },
      ],
    },
  ],
];

describe('serviceHash is the one of Docker Compose 2.40', () => {
  test.each(known)('for %s', (_, hash, service) => {
    expect(serviceHash(serviceOf(service))).toBe(hash);
  });

  test('whatever the order the members and the keys of maps come in', () => {
    const service = serviceOf({ environment: { A: '1', B: '2' }, image: 'busybox' });
    const turned = Object.fromEntries(Object.entries(service).toReversed());
    expect(serviceHash({ ...serviceOf(turned), environment: { B: '2', A: '1' } })).toBe(serviceHash(service));
  });
});

test('build, pull policy, scale, replicas, dependencies, profiles and extensions do not enter the hash of a service', () => {
  const deploy = { resources: {}, placement: {} };
  const changed = serviceOf({
    build: { context: '/tmp', dockerfile: 'Dockerfile' },
    depends_on: { db: { condition: 'service_started', required: true } },
    deploy: { ...deploy, replicas: 4 },
    extensions: { 'x-topsail': { job: 'once' } },
    profiles: ['debug'],
    pull_policy: 'build',
    scale: 4,
  });
  expect(serviceHash(changed)).toBe(serviceHash(serviceOf({ deploy })));
});

test('networks and volumes have the hashes that Docker Compose labels them with', () => {
  expect(networkHash({ name: 'gsoph2_default', ipam: {} })).toBe(
    '72847505600fc338c6f3489efb0a194929e75382d000cf2048cf8aee8929910a',
  );
  expect(
    networkHash({
      name: 'gsoph2_front',
      driver_opts: { 'com.docker.network.driver.mtu': '1400' },
      ipam: {},
      labels: { q: 'r' },
    }),
  ).toBe('e050f4fe00ad6b404fd71b5188d0a243c5f42467eb1058006672760472332113');
  expect(
    networkHash({
      name: 'gsoph2_back',
      internal: true,
      attachable: true,
      ipam: { config: [{ subnet: '172.29.7.0/24' }] },
    }),
  ).toBe('f0550d296329755b98c2c3e0bc555b6eb7719eab95191e696e79ecefa716ad60');
  expect(volumeHash({ name: 'gsoph2_data', labels: { a: 'b' } })).toBe(
    '0a95cfad8b6574506ae5ae1dbeed23446853e2c7e92e79a32ee1b95d42aba703',
  );
});
