/** A small project: attributes of its service `a`, further services and sections, and how far it can get here. */
export interface Sample {
  /** Attributes of service `a`, in flow style. */
  readonly a: string;
  /** Further services, in flow style. */
  readonly services?: string;
  readonly sections?: string;
  /** Made, not started: the machines of tests lack what a start needs. */
  readonly create?: true;
  /** Also tried where only a part of the samples is. */
  readonly quick?: true;
  /** Lines of the engine's state that differ on purpose, see docs/compatibility.md. */
  readonly differs?: RegExp;
}

/** Ids of containers are never the same twice, and neither is a hash over them. */
const hashOfIds = /-a-1\.Config\.Labels\.com\.docker\.compose\.config-hash:/;

/** A long bind mount without `bind` does not make its source. */
const longBind = /\.(Binds|Mounts): .*\/long/;

/** Containers say what was copied into them. */
const copiedFiles = /\.Labels\.dev\.topsail\.files:/;

/** Projects over all attributes that reach the engine. */
export const samples: Readonly<Record<string, Sample>> = {
  plain: { a: '', quick: true },
  commands: {
    a: 'entrypoint: [sleep], command: ["100"], working_dir: /tmp, user: "1000:1000", tty: true, stdin_open: true',
  },
  'command as text': { a: `entrypoint: sh -c, command: '"sleep 100"'` },
  'empty command': { a: 'entrypoint: ["sleep", "99"], command: []' },
  environment: { a: 'environment: {A: 1, B: "", C: , D: "x=y", PATH: /bin}', quick: true },
  'environment files': {
    a: 'env_file: [one.env, {path: none.env, required: false}], environment: [A=over], label_file: one.env',
  },
  labels: { a: 'labels: {a: 1, b: true, c: , "com.example.d": "x y"}, annotations: {one: 1, two: x}' },
  names: { a: 'container_name: sample-fixed-name, hostname: hosty, domainname: example.org' },
  stopping: { a: 'stop_signal: SIGUSR1, stop_grace_period: 1m30s500ms' },
  healthcheck: {
    a: 'healthcheck: {test: "true", interval: 1m, timeout: 5s, retries: 4, start_period: 2s}',
    quick: true,
  },
  'healthcheck in words': {
    a: 'healthcheck: {test: [CMD, "true"], interval: 1h, start_period: 10s, start_interval: 1s}',
  },
  'healthcheck disabled': { a: 'healthcheck: {disable: true}' },
  'restart on failure': { a: 'restart: "on-failure:3"' },
  'restart always': { a: 'restart: always' },
  'restart of deploy': {
    a: 'restart: always, deploy: {restart_policy: {condition: on-failure, max_attempts: 2, delay: 5s}}',
  },
  'restart any': { a: 'deploy: {restart_policy: {condition: any}}' },
  capabilities: { a: 'cap_add: [NET_ADMIN, cap_sys_time], cap_drop: [mknod, ALL], privileged: false' },
  privileged: { a: 'privileged: true' },
  security: { a: 'security_opt: ["no-new-privileges:true", "seccomp:unconfined"], read_only: true' },
  'seccomp profile': { a: 'security_opt: ["seccomp=profile.json"]' },
  'system paths': { a: 'security_opt: ["systempaths=unconfined", "label:disable"]' },
  limits: {
    a: 'cpus: 0.5, mem_limit: 64m, mem_reservation: 32m, pids_limit: 50, memswap_limit: 128m, mem_swappiness: 0',
    quick: true,
  },
  'limits of deploy': {
    a: 'deploy: {resources: {limits: {cpus: "0.25", memory: 64M, pids: 30}, reservations: {memory: 32M, cpus: "0.1"}}}',
  },
  processors: { a: 'cpu_shares: 512, cpu_period: 100000, cpu_quota: 50000, cpuset: "0"' },
  'real-time processors': { a: 'cpu_rt_period: 1000000, cpu_rt_runtime: 950000', create: true },
  windows: { a: 'cpu_count: 1, cpu_percent: 50', create: true },
  'block devices': {
    a: 'blkio_config: {weight: 300, weight_device: [{path: /dev/null, weight: 400}], device_read_bps: [{path: /dev/null, rate: 1mb}], device_write_iops: [{path: /dev/null, rate: 30}]}',
    create: true,
  },
  memory: { a: 'oom_score_adj: 100, oom_kill_disable: false, shm_size: 32m' },
  ulimits: { a: 'ulimits: {nofile: {soft: 1024, hard: 2048}, nproc: 65535, core: 0}' },
  devices: {
    a: 'devices: ["/dev/null:/dev/mynull:r", "/dev/zero", {source: /dev/full, target: /dev/f, permissions: rw}], device_cgroup_rules: ["c 1:3 mr"]',
  },
  'devices by interface': { a: 'devices: ["vendor.com/class=name"]', create: true },
  gpus: { a: 'gpus: all', create: true },
  'gpus in words': { a: 'gpus: [{driver: nvidia, count: 2, capabilities: [compute], options: {a: b}}]', create: true },
  'reserved devices': {
    a: 'deploy: {resources: {reservations: {devices: [{driver: nvidia, device_ids: ["0"], capabilities: [gpu, tpu]}]}}}',
    create: true,
  },
  groups: { a: 'group_add: [100, 1234], user: nobody' },
  hosts: { a: 'extra_hosts: ["one=10.0.0.1", "two:10.0.0.2", "host.docker.internal=host-gateway", "six=[::1]"]' },
  'name servers': { a: 'dns: [9.9.9.9], dns_opt: [ndots:2], dns_search: [example.org]' },
  kernel: { a: 'sysctls: {net.core.somaxconn: 1024}, init: false' },
  initialised: { a: 'init: true, logging: {driver: json-file, options: {max-size: 10m, max-file: "3"}}', quick: true },
  logging: { a: 'logging: {driver: none}' },
  'namespaces of the host': { a: 'pid: host, ipc: host, uts: host, userns_mode: host, cgroup: host' },
  'control groups': { a: 'cgroup: private, cgroup_parent: sample-parent', create: true },
  runtime: { a: 'runtime: runc, isolation: default, platform: linux/amd64' },
  'host network': { a: 'network_mode: host' },
  'no network': { a: 'network_mode: none' },
  'bridge network': { a: 'network_mode: bridge' },
  'network of a service': {
    a: 'network_mode: "service:b"',
    services: 'b: {<<: *base}',
    quick: true,
    differs: hashOfIds,
  },
  'namespaces of services': {
    a: 'ipc: "service:b", pid: "service:b"',
    services: 'b: {<<: *base, ipc: shareable}',
    differs: hashOfIds,
  },
  'volumes of a service': {
    a: 'volumes_from: [b]',
    services: 'b: {<<: *base, volumes: [/anonymous, "data:/data"]}',
    sections: 'volumes: {data: }',
    quick: true,
    differs: hashOfIds,
  },
  links: {
    a: 'links: [b, "b:alias"], external_links: ["other", "another:name"]',
    services: 'b: {<<: *base, scale: 2}',
  },
  networks: {
    a: 'networks: {front: {aliases: [x, y], priority: 10}, back: {ipv4_address: 10.117.7.9, driver_opts: {com.docker.network.endpoint.sysctls: net.ipv4.conf.IFNAME.log_martians=1}, gw_priority: 2}}, mac_address: "02:42:0a:75:07:77"',
    sections:
      'networks: {front: {driver: bridge, attachable: true, labels: {a: b}}, back: {ipam: {config: [{subnet: 10.117.7.0/24, gateway: 10.117.7.1, ip_range: 10.117.7.0/25, aux_addresses: {it: 10.117.7.5}}]}}}',
    quick: true,
  },
  'networks by mac': {
    a: 'networks: {one: {mac_address: "02:42:0a:75:08:77", interface_name: eth7}, two: {mac_address: "02:42:0a:75:09:77", link_local_ips: [169.254.8.8]}}',
    sections: 'networks: {one: , two: {internal: true, driver_opts: {com.docker.network.bridge.enable_icc: "false"}}}',
  },
  'networks of six': {
    a: 'networks: {six: {ipv6_address: "fd00:7:7::9"}}',
    sections:
      'networks: {six: {enable_ipv6: true, enable_ipv4: true, ipam: {driver: default, config: [{subnet: "fd00:7:7::/64"}]}}}',
  },
  'named network': { a: 'networks: [n]', sections: 'networks: {n: {name: sample-named-network, labels: [x=y]}}' },
  ports: {
    a: 'ports: ["80", "127.0.0.1::81/udp", {target: 82, host_ip: 127.0.0.1, protocol: tcp, name: web, app_protocol: http}], expose: ["90", "91/udp"]',
    quick: true,
  },
  'published ports': { a: 'ports: ["127.0.0.1:23480-23482:80-82", "127.0.0.1:23490:90/udp"]' },
  'bind mounts': {
    a: 'volumes: ["./here:/here", "./ro:/ro:ro", {type: bind, source: ./here, target: /long, read_only: true}, {type: bind, source: ./made, target: /made, bind: {create_host_path: true, propagation: rprivate}}, "./here:/z:z"]',
    differs: longBind,
  },
  'recursive bind mounts': {
    a: 'volumes: [{type: bind, source: ./here, target: /a, read_only: true, bind: {recursive: disabled}}, {type: bind, source: ./here, target: /b, read_only: true, bind: {recursive: writable}}, {type: bind, source: ./here, target: /c, read_only: true, bind: {recursive: enabled}}]',
  },
  volumes: {
    a: 'volumes: ["data:/data", "data:/ro:ro", "/anonymous", {type: volume, target: /long}, {type: volume, source: other, target: /o, volume: {nocopy: true}}]',
    sections:
      'volumes: {data: , other: {driver: local, driver_opts: {type: tmpfs, device: tmpfs, o: "size=1m"}, labels: {a: b}, name: sample-named-volume}}',
    quick: true,
  },
  'labelled mount': {
    a: 'volumes: [{type: volume, source: data, target: /d, volume: {labels: {a: b}}}, {type: volume, target: /anonymous, volume: {nocopy: true}}]',
    sections: 'volumes: {data: }',
  },
  'part of a volume': {
    a: 'volumes: [{type: volume, source: data, target: /d, volume: {subpath: inner}}]',
    sections: 'volumes: {data: }',
    create: true,
  },
  'image mount': {
    a: 'volumes: [{type: image, source: $TOPSAIL_TEST_BUSYBOX, target: /image, image: {subpath: etc}}]',
  },
  tmpfs: {
    a: 'tmpfs: ["/run", "/tmp:size=1m,mode=1777"], volumes: [{type: tmpfs, target: /t, tmpfs: {size: 1m, mode: 0700}}, {type: tmpfs, target: /u}]',
  },
  'configs and secrets': {
    a: 'configs: [f, {source: c, target: /etc/c, mode: 0400, uid: "1", gid: "2"}, {source: e}], secrets: [s, {source: t, target: other, mode: 0440}]',
    sections:
      'configs: {f: {file: ./one.env}, c: {content: "x$$y"}, e: {environment: HOME}}\nsecrets: {s: {file: ./one.env}, t: {environment: HOME}}',
    differs: copiedFiles,
  },
  scaled: { a: 'scale: 2, depends_on: [b]', services: 'b: {<<: *base, deploy: {replicas: 2}, labels: [x]}' },
  dependencies: {
    a: 'depends_on: {b: {condition: service_started, restart: true}, c: {condition: service_healthy, required: false}}',
    services: 'b: {<<: *base}, c: {<<: *base, healthcheck: {test: "true", interval: 1s}}',
  },
  'image of an own user': { a: 'image: alpine, command: sleep 100, pull_policy: missing', create: true },
};

/** The compose file of a sample: every service is `base` and more. */
export function sampleText({ a, services, sections }: Sample): string {
  const own = a === '' ? '' : `, ${a}`;
  return `x-base: &base {image: $TOPSAIL_TEST_BUSYBOX, command: [sleep, "100"], stop_signal: SIGKILL}
services: {a: {<<: *base${own}}${services === undefined ? '' : `, ${services}`}}
${sections ?? ''}
`;
}
