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

const host = (sketch: ServiceSketch) => desired(sketch).template.HostConfig;

describe('the create request of a service', () => {
  test('says nothing about what the file does not mention', () => {
    expect(desired({}).template).toEqual({
      Image: 'busybox',
      AttachStdout: true,
      AttachStderr: true,
      Labels: expect.any(Object),
      HostConfig: { NetworkMode: 'shop_default' },
    });
  });

  test('carries the labels of Docker Compose, over the labels of the file', () => {
    const labels = { tier: 'front', 'com.docker.compose.project': 'other' };
    const dependencies = {
      db: { condition: 'service_healthy', required: true, restart: true },
      cache: { condition: 'service_started', required: false },
    } as const;
    const service = desired(
      { labels, depends_on: dependencies },
      { origin: { environmentFiles: ['/a.env', '/b.env'] } },
    );
    expect(service.template.Labels).toEqual({
      tier: 'front',
      'com.docker.compose.project': 'shop',
      'com.docker.compose.service': 'web',
      'com.docker.compose.version': '0.1.0',
      'com.docker.compose.project.working_dir': '/home/me/shop',
      'com.docker.compose.project.config_files': '/home/me/shop/compose.yaml',
      'com.docker.compose.project.environment_file': '/a.env,/b.env',
      'com.docker.compose.oneoff': 'False',
      'com.docker.compose.config-hash': service.hash,
      'com.docker.compose.depends_on': 'cache:service_started:false,db:service_healthy:true',
    });
  });

  test('leaves a dependency that a profile disables out of its label', () => {
    const dependencies = { db: { condition: 'service_started', required: false } } as const;
    const disabledServices = projectOf({ services: { db: {} } }).services;
    const service = desired({ depends_on: dependencies }, { origin: { disabledServices } });
    expect(service.template.Labels).toMatchObject({ 'com.docker.compose.depends_on': '' });
  });

  test('lists the environment by name; a variable without value is a bare name', () => {
    expect(desired({ environment: { B: 'x=y', A: null, E: '' } }).template.Env).toEqual(['A', 'B=x=y', 'E=']);
  });

  test('takes an empty command as a command and an absent one as the image has it', () => {
    expect(desired({ command: [], entrypoint: null }).template).toMatchObject({ Cmd: [] });
    expect(desired({ command: [], entrypoint: null }).template).not.toHaveProperty('Entrypoint');
  });

  test('keeps published ranges for the engine and writes exposed ones out', () => {
    const template = desired({
      expose: ['70', '60-61/udp'],
      ports: [
        { target: 80, published: '8080', protocol: 'tcp', mode: 'ingress' },
        { target: 80, published: '8443', host_ip: '127.0.0.1', protocol: 'tcp' },
        { target: 99, published: '9000-9010' },
        { target: 53, protocol: 'udp' },
      ],
    }).template;
    expect(Object.keys(template.ExposedPorts ?? {})).toEqual([
      '70/tcp',
      '60/udp',
      '61/udp',
      '80/tcp',
      '99/tcp',
      '53/udp',
    ]);
    expect(template.HostConfig?.PortBindings).toEqual({
      '80/tcp': [
        { HostIp: '', HostPort: '8080' },
        { HostIp: '127.0.0.1', HostPort: '8443' },
      ],
      '99/tcp': [{ HostIp: '', HostPort: '9000-9010' }],
      '53/udp': [{ HostIp: '', HostPort: '' }],
    });
  });

  test('prefers deploy limits and reservations to the older attributes', () => {
    expect(
      host({
        cpus: 2,
        mem_limit: '1024',
        pids_limit: 7,
        mem_reservation: '512',
        deploy: {
          placement: {},
          resources: { limits: { cpus: 0.5, memory: '268435456' }, reservations: { memory: '20971520' } },
        },
      }),
    ).toMatchObject({ NanoCpus: 500_000_000, Memory: 268_435_456, MemoryReservation: 20_971_520, PidsLimit: 7 });
  });

  test('hands on every other limit in the units of the engine', () => {
    expect(
      host({
        memswap_limit: '-1',
        mem_swappiness: '0',
        cpu_percent: 50,
        oom_kill_disable: true,
        ulimits: { nproc: 65_535, nofile: { soft: 100, hard: 200 } },
        blkio_config: { weight: 300, device_read_bps: [{ Path: '/dev/sdb', Rate: '1024' }] },
        devices: [
          { source: '/dev/null', target: '/dev/n', permissions: 'rwm' },
          { source: 'vendor.com/gpu=0', target: 'vendor.com/gpu=0', permissions: 'rwm' },
        ],
        gpus: [{ count: -1 }],
      }),
    ).toEqual({
      NetworkMode: 'shop_default',
      MemorySwap: -1,
      CpuPercent: 5000,
      OomKillDisable: true,
      Ulimits: [
        { Name: 'nofile', Soft: 100, Hard: 200 },
        { Name: 'nproc', Soft: 65_535, Hard: 65_535 },
      ],
      BlkioWeight: 300,
      BlkioDeviceReadBps: [{ Path: '/dev/sdb', Rate: 1024 }],
      Devices: [{ PathOnHost: '/dev/null', PathInContainer: '/dev/n', CgroupPermissions: 'rwm' }],
      DeviceRequests: [
        { Driver: 'cdi', DeviceIDs: ['vendor.com/gpu=0'] },
        { Count: -1, Capabilities: [['gpu']] },
      ],
    });
  });

  test.each([
    ['no', undefined, { Name: 'no' }],
    ['on-failure:3', undefined, { Name: 'on-failure', MaximumRetryCount: 3 }],
    ['always', { condition: 'none' }, { Name: 'no' }],
    [undefined, {}, { Name: 'always' }],
    [undefined, { condition: 'any' }, { Name: 'always' }],
    [undefined, { condition: 'on-failure', max_attempts: 2 }, { Name: 'on-failure', MaximumRetryCount: 2 }],
    ['unless-stopped', undefined, { Name: 'unless-stopped' }],
    [undefined, undefined, undefined],
  ])('restart %s with deploy.restart_policy %j becomes %j', (restart, policy, expected) => {
    const sketch = {
      ...(restart === undefined ? {} : { restart }),
      ...(policy === undefined ? {} : { deploy: { resources: {}, placement: {}, restart_policy: policy } }),
    };
    expect(host(sketch)?.RestartPolicy).toEqual(expected);
  });

  test('converts a health check to nanoseconds and a disabled one to NONE', () => {
    const healthcheck = {
      test: ['CMD-SHELL', 'exit 0'],
      interval: '1m30s',
      timeout: '5s',
      retries: 0,
      start_period: '1s',
      start_interval: '500ms',
    };
    expect(desired({ healthcheck }).template.Healthcheck).toEqual({
      Test: ['CMD-SHELL', 'exit 0'],
      Interval: 90e9,
      Timeout: 5e9,
      Retries: 0,
      StartPeriod: 1e9,
      StartInterval: 5e8,
    });
    expect(desired({ healthcheck: { disable: true, retries: 3 } }).template.Healthcheck).toEqual({ Test: ['NONE'] });
    expect(desired({ healthcheck: { disable: true } }).hasHealthcheck).toBe(false);
    expect(desired({ healthcheck }).hasHealthcheck).toBe(true);
  });

  test('cuts the grace period to whole seconds', () => {
    expect(desired({ stop_grace_period: '1.5s' }).template.StopTimeout).toBe(1);
    expect(desired({ stop_grace_period: '0s' }).template.StopTimeout).toBe(0);
  });

  test('writes capabilities as the engine keeps them', () => {
    expect(host({ cap_add: ['net_admin', 'CAP_CHOWN', 'NET_ADMIN'], cap_drop: ['all'] })).toMatchObject({
      CapAdd: ['CAP_CHOWN', 'CAP_NET_ADMIN'],
      CapDrop: ['ALL'],
    });
  });

  test('splits hosts at the first equals sign, so that IPv6 addresses stay whole', () => {
    expect(host({ extra_hosts: ['db=1.2.3.4', 'six=::1'] })?.ExtraHosts).toEqual(['db:1.2.3.4', 'six:::1']);
  });

  test('keeps everything else by its engine name', () => {
    const template = desired({
      init: false,
      read_only: true,
      user: '1000',
      working_dir: '/srv',
      hostname: 'h',
      stop_signal: 'SIGINT',
      shm_size: '67108864',
      tmpfs: ['/run', '/tmp:size=1m,mode=1777'],
      sysctls: { 'net.core.somaxconn': '1024' },
      logging: { driver: 'json-file', options: { 'max-size': '10m' } },
      group_add: ['mail'],
      dns: ['1.1.1.1'],
      network_mode: 'host',
    }).template;
    expect(template).toMatchObject({ User: '1000', WorkingDir: '/srv', Hostname: 'h', StopSignal: 'SIGINT' });
    expect(template.HostConfig).toEqual({
      Init: false,
      ReadonlyRootfs: true,
      ShmSize: 67_108_864,
      Tmpfs: { '/run': '', '/tmp': 'size=1m,mode=1777' },
      Sysctls: { 'net.core.somaxconn': '1024' },
      LogConfig: { Type: 'json-file', Config: { 'max-size': '10m' } },
      GroupAdd: ['mail'],
      Dns: ['1.1.1.1'],
      NetworkMode: 'host',
    });
  });

  test('inlines a seccomp profile and unmasks system paths', () => {
    const project = projectOf({
      services: { web: { security_opt: ['seccomp=./p.json', 'label:disable', 'systempaths=unconfined'] } },
    });
    const [service] = desiredState(project, {
      ...options,
      seccompProfiles: new Map([['./p.json', '{ "a": 1 }']]),
    }).services;
    expect(service?.template.HostConfig).toMatchObject({
      SecurityOpt: ['seccomp={"a":1}', 'label:disable'],
      MaskedPaths: [],
      ReadonlyPaths: [],
    });
  });
});

test('scale, container name, platform, restarts and run-once reach the planner', () => {
  const service = desired({
    container_name: 'fixed',
    deploy: { replicas: 0, resources: {}, placement: {} },
    extensions: { 'x-topsail': { job: 'once' } },
    platform: 'linux/amd64',
    restart: 'unless-stopped',
  });
  expect(service).toMatchObject({ scale: 0, runOnce: true, restarts: true, platform: 'linux/amd64' });
  expect(containerRequest(service, 1, { apiVersion: '1.51', imageDigest: 'x' }).name).toBe('fixed');
  expect(desired({ scale: 3 })).toMatchObject({ scale: 3, runOnce: false, restarts: false, pullPolicy: 'missing' });
});

test('services left out by profiles or selection are known as such', () => {
  const project = projectOf({
    services: { web: {} },
    origin: {
      enabledServices: ['web', 'db'],
      disabledServices: { debug: { command: null, entrypoint: null } },
    },
  });
  expect(desiredState(project, options).disabledServices).toEqual(['debug', 'db']);
});
