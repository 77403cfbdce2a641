import { expect, test } from 'vitest';
import type { ContainerCreateRequest, HostConfig } from '../../src/engine/container.ts';
import { containerRequest } from '../../src/state/container-request.ts';
import { desiredState } from '../../src/state/derive-desired-state.ts';
import { projectOf } from '../fakes/load-compose.ts';

const extras = `
networks: {front: {name: real-front}, back: {}}
volumes: {data: {}}
configs: {conf: {file: ./conf}, inline: {content: hello}}
secrets: {key: {file: ./key}}
`;

/** The create request of one replica of a service, from the text of its attributes. */
async function requestOf(attributes: string): Promise<ContainerCreateRequest> {
  const text = `services: {a: {image: busybox, ${attributes}}}\n${extras}`;
  const project = await projectOf(text, { request: { projectName: 'shop' } });
  const [service] = desiredState(project, { toolVersion: '0.1.0' }).services;
  if (service === undefined) throw new Error('there is no service');
  return containerRequest(service, 1, { apiVersion: '1.51', imageDigest: 'sha256:1' }).body;
}

const config: readonly (readonly [attributes: string, expected: Partial<ContainerCreateRequest>])[] = [
  ['command: echo "a b"', { Cmd: ['echo', 'a b'] }],
  ['command: []', { Cmd: [] }],
  ['entrypoint: /bin/sh -c', { Entrypoint: ['/bin/sh', '-c'] }],
  ['domainname: example.com', { Domainname: 'example.com' }],
  ['environment: {B: 2, A: true, C: }', { Env: ['A=true', 'B=2', 'C'] }],
  ['environment: [B=x=y]', { Env: ['B=x=y'] }],
  ['expose: [80, "90/udp"]', { ExposedPorts: { '80/tcp': {}, '90/udp': {} } }],
  ['healthcheck: {test: exit 0, interval: 1m}', { Healthcheck: { Test: ['CMD-SHELL', 'exit 0'], Interval: 60e9 } }],
  ['healthcheck: {disable: true}', { Healthcheck: { Test: ['NONE'] } }],
  ['hostname: h', { Hostname: 'h' }],
  ['labels: {a: 1}', { Labels: expect.objectContaining({ a: '1' }) }],
  ['stdin_open: true', { OpenStdin: true }],
  ['stop_grace_period: 1m30s', { StopTimeout: 90 }],
  ['stop_signal: SIGINT', { StopSignal: 'SIGINT' }],
  ['tty: true', { Tty: true }],
  ['user: "1000:1000"', { User: '1000:1000' }],
  ['working_dir: /srv', { WorkingDir: '/srv' }],
  [
    'networks: {back: {aliases: [x]}, front: {priority: 9}}',
    {
      NetworkingConfig: {
        EndpointsConfig: {
          'real-front': { Aliases: ['shop-a-1', 'a'] },
          shop_back: { Aliases: ['shop-a-1', 'a', 'x'] },
        },
      },
    },
  ],
];

test.each(config)('%s reaches the container', async (attributes, expected) => {
  expect(await requestOf(attributes)).toMatchObject(expected);
});

const host: readonly (readonly [attributes: string, expected: HostConfig])[] = [
  ['annotations: {a: b}', { Annotations: { a: 'b' } }],
  ['blkio_config: {weight: 300}', { BlkioWeight: 300 }],
  [
    'blkio_config: {device_read_bps: [{path: /dev/sda, rate: 1mb}]}',
    { BlkioDeviceReadBps: [{ Path: '/dev/sda', Rate: 1_048_576 }] },
  ],
  ['cap_add: [NET_ADMIN]', { CapAdd: ['CAP_NET_ADMIN'] }],
  ['cap_drop: [ALL]', { CapDrop: ['ALL'] }],
  ['cgroup: private', { CgroupnsMode: 'private' }],
  ['cgroup_parent: m', { CgroupParent: 'm' }],
  ['configs: [conf]', { Mounts: [{ Type: 'bind', Source: '/code/proj/conf', Target: '/conf', ReadOnly: true }] }],
  ['cpu_period: 1000, cpu_quota: 500', { CpuPeriod: 1000, CpuQuota: 500 }],
  ['cpu_rt_period: 1400, cpu_rt_runtime: 400', { CpuRealtimePeriod: 1400, CpuRealtimeRuntime: 400 }],
  ['cpu_shares: 73', { CpuShares: 73 }],
  ['cpus: 0.5', { NanoCpus: 500_000_000 }],
  ['cpuset: "0,1"', { CpusetCpus: '0,1' }],
  [
    'deploy: {resources: {limits: {cpus: "0.50", memory: 256M, pids: 10}, reservations: {memory: 64M}}}',
    { NanoCpus: 500_000_000, Memory: 268_435_456, PidsLimit: 10, MemoryReservation: 67_108_864 },
  ],
  [
    'deploy: {restart_policy: {condition: on-failure, max_attempts: 3}}',
    { RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 3 } },
  ],
  [
    'deploy: {resources: {reservations: {devices: [{capabilities: [gpu], count: 1}]}}}',
    { DeviceRequests: [{ Count: 1, Capabilities: [['gpu']] }] },
  ],
  ['device_cgroup_rules: ["c 1:3 mr"]', { DeviceCgroupRules: ['c 1:3 mr'] }],
  [
    'devices: ["/dev/null:/dev/n:rw"]',
    { Devices: [{ PathOnHost: '/dev/null', PathInContainer: '/dev/n', CgroupPermissions: 'rw' }] },
  ],
  ['dns: 1.1.1.1', { Dns: ['1.1.1.1'] }],
  ['dns_opt: [use-vc]', { DnsOptions: ['use-vc'] }],
  ['dns_search: [a.b]', { DnsSearch: ['a.b'] }],
  ['extra_hosts: {db: "::1"}', { ExtraHosts: ['db:::1'] }],
  ['gpus: all', { DeviceRequests: [{ Count: -1, Capabilities: [['gpu']] }] }],
  ['group_add: [mail, 5]', { GroupAdd: ['mail', '5'] }],
  ['init: false', { Init: false }],
  ['ipc: host', { IpcMode: 'host' }],
  ['isolation: default', { Isolation: 'default' }],
  [
    'logging: {driver: json-file, options: {max-size: 10m}}',
    { LogConfig: { Type: 'json-file', Config: { 'max-size': '10m' } } },
  ],
  ['mem_limit: 64m', { Memory: 67_108_864 }],
  ['mem_reservation: 32m', { MemoryReservation: 33_554_432 }],
  ['mem_swappiness: 60', { MemorySwappiness: 60 }],
  ['memswap_limit: 128m', { MemorySwap: 134_217_728 }],
  ['network_mode: host', { NetworkMode: 'host' }],
  ['networks: [front]', { NetworkMode: 'real-front' }],
  ['oom_kill_disable: true', { OomKillDisable: true }],
  ['oom_score_adj: -500', { OomScoreAdj: -500 }],
  ['pid: host', { PidMode: 'host' }],
  ['pids_limit: 5', { PidsLimit: 5 }],
  ['ports: ["127.0.0.1:8080:80"]', { PortBindings: { '80/tcp': [{ HostIp: '127.0.0.1', HostPort: '8080' }] } }],
  ['ports: ["53/udp"]', { PortBindings: { '53/udp': [{ HostIp: '', HostPort: '' }] } }],
  ['privileged: true', { Privileged: true }],
  ['read_only: true', { ReadonlyRootfs: true }],
  ['restart: "on-failure:3"', { RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 3 } }],
  ['runtime: runc', { Runtime: 'runc' }],
  [
    'secrets: [key]',
    { Mounts: [{ Type: 'bind', Source: '/code/proj/key', Target: '/run/secrets/key', ReadOnly: true }] },
  ],
  ['security_opt: [label:disable]', { SecurityOpt: ['label:disable'] }],
  ['shm_size: 64m', { ShmSize: 67_108_864 }],
  ['storage_opt: {size: 1G}', { StorageOpt: { size: '1G' } }],
  ['sysctls: {net.core.somaxconn: 1024}', { Sysctls: { 'net.core.somaxconn': '1024' } }],
  ['tmpfs: ["/run", "/tmp:size=1m"]', { Tmpfs: { '/run': '', '/tmp': 'size=1m' } }],
  [
    'ulimits: {nproc: 65535, nofile: {soft: 1, hard: 2}}',
    {
      Ulimits: [
        { Name: 'nofile', Soft: 1, Hard: 2 },
        { Name: 'nproc', Soft: 65_535, Hard: 65_535 },
      ],
    },
  ],
  ['userns_mode: host', { UsernsMode: 'host' }],
  ['uts: host', { UTSMode: 'host' }],
  ['volumes: ["./src:/dst:ro"]', { Binds: ['/code/proj/src:/dst:ro'] }],
  ['volumes: ["data:/data"]', { Binds: ['shop_data:/data:rw'] }],
  ['volumes: ["/anonymous"]', { Mounts: [{ Type: 'volume', Target: '/anonymous', VolumeOptions: {} }] }],
  [
    'volumes: [{type: bind, source: ./src, target: /dst}]',
    { Mounts: [{ Type: 'bind', Source: '/code/proj/src', Target: '/dst', BindOptions: {} }] },
  ],
  [
    'volumes: [{type: tmpfs, target: /t, tmpfs: {size: 1m, mode: 0700}}]',
    { Mounts: [{ Type: 'tmpfs', Target: '/t', TmpfsOptions: { SizeBytes: 1_048_576, Mode: 0o700 } }] },
  ],
  ['volumes_from: ["container:old:ro"]', { VolumesFrom: ['old:ro'] }],
];

test.each(host)('%s reaches the host configuration', async (attributes, expected) => {
  expect((await requestOf(attributes)).HostConfig).toMatchObject(expected);
});

test('what the file does not mention is left to the image and the engine', async () => {
  const { Labels: _labels, NetworkingConfig: _networks, ...request } = await requestOf('');
  expect(request).toEqual({
    Image: 'busybox',
    AttachStdout: true,
    AttachStderr: true,
    HostConfig: { NetworkMode: 'shop_default' },
  });
});
