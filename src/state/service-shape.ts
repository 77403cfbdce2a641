import {
  type GoEncoder,
  goAlways,
  goBoolean,
  goFloat32,
  goInteger,
  goList,
  goMap,
  goMembers,
  goNullableText,
  goPointer,
  goStruct,
  goText,
} from './go-json.ts';

const texts = goList(goText);
const textMap = goMap(goNullableText);
/** `null` when absent, `[]` when given empty: the two mean different things. */
const command: GoEncoder = (value) => (Array.isArray(value) ? (goList(goNullableText)(value) ?? '[]') : 'null');
const pointedBoolean = goPointer(goBoolean, 'false');
const pointedInteger = goPointer(goInteger, '0');
const pointedText = goPointer(goText, '""');

const hook = goStruct(
  goMembers({ command, user: goText, privileged: goBoolean, working_dir: goText, environment: textMap }),
);

const fileReferences = goList(
  goStruct(goMembers({ source: goText, target: goText, uid: goText, gid: goText, mode: pointedText })),
);

const deviceRequests = goList(
  goStruct(goMembers({ capabilities: texts, driver: goText, count: goInteger, device_ids: texts, options: textMap })),
);

const blockRates = goList(goStruct(goMembers({ Path: goText, Rate: goText })));

const blockLimits = goStruct(
  goMembers({
    weight: goInteger,
    weight_device: goList(goStruct(goMembers({ Path: goText, Weight: goInteger }))),
    device_read_bps: blockRates,
    device_read_iops: blockRates,
    device_write_bps: blockRates,
    device_write_iops: blockRates,
  }),
);

const develop = goStruct(
  goMembers({
    watch: goList(
      goStruct(
        goMembers({
          path: goText,
          action: goText,
          target: goText,
          exec: hook,
          include: texts,
          ignore: texts,
          initial_sync: goBoolean,
        }),
      ),
    ),
  }),
);

const amounts = goStruct(
  goMembers({
    cpus: goFloat32,
    memory: goText,
    pids: goInteger,
    devices: deviceRequests,
    generic_resources: goList(
      goStruct(
        goMembers({ discrete_resource_spec: goPointer(goStruct(goMembers({ kind: goText, value: goInteger }))) }),
      ),
    ),
  }),
);

const updates = goStruct(
  goMembers({
    parallelism: pointedInteger,
    delay: goText,
    failure_action: goText,
    monitor: goText,
    max_failure_ratio: goFloat32,
    order: goText,
  }),
);

/** `deploy` without `replicas`: scaling recreates nothing. */
const deploy = goStruct(
  goMembers({
    mode: goText,
    labels: textMap,
    update_config: goPointer(updates),
    rollback_config: goPointer(updates),
    resources: goStruct(goMembers({ limits: goPointer(amounts), reservations: goPointer(amounts) })),
    restart_policy: goPointer(
      goStruct(goMembers({ condition: goText, delay: pointedText, max_attempts: pointedInteger, window: pointedText })),
    ),
    placement: goStruct(
      goMembers({
        constraints: texts,
        preferences: goList(goStruct(goMembers({ spread: goText }))),
        max_replicas_per_node: goInteger,
      }),
    ),
    endpoint_mode: goText,
  }),
);

const healthcheck = goStruct(
  goMembers({
    test: texts,
    timeout: pointedText,
    interval: pointedText,
    retries: pointedInteger,
    start_period: pointedText,
    start_interval: pointedText,
    disable: goBoolean,
  }),
);

const membership = goStruct(
  goMembers({
    aliases: texts,
    driver_opts: textMap,
    gw_priority: goInteger,
    interface_name: goText,
    ipv4_address: goText,
    ipv6_address: goText,
    link_local_ips: texts,
    mac_address: goText,
    priority: goInteger,
  }),
);

const ports = goList(
  goStruct(
    goMembers({
      name: goText,
      mode: goText,
      host_ip: goText,
      target: goInteger,
      published: goText,
      protocol: goText,
      app_protocol: goText,
    }),
  ),
);

const volumes = goList(
  goStruct(
    goMembers({
      type: goText,
      source: goText,
      target: goText,
      read_only: goBoolean,
      consistency: goText,
      bind: goPointer(
        goStruct(goMembers({ selinux: goText, propagation: goText, create_host_path: goBoolean, recursive: goText })),
      ),
      volume: goPointer(goStruct(goMembers({ labels: textMap, nocopy: goBoolean, subpath: goText }))),
      tmpfs: goPointer(goStruct(goMembers({ size: goText, mode: goInteger }))),
      image: goPointer(goStruct(goMembers({ subpath: goText }))),
    }),
  ),
);

const ulimit: GoEncoder = (value) =>
  typeof value === 'number'
    ? (goInteger(value) ?? '{}')
    : goStruct(goMembers({ soft: goInteger, hard: goInteger }))(value);

/**
 * A service as its hash sees it: the members of the model in declaration order, without those that change no container
 * (`build`, `pull_policy`, `scale`, `deploy.replicas`, `depends_on`, `profiles`, `x-*`).
 */
export const encodeServiceForHash: GoEncoder = goStruct(
  goMembers({
    annotations: textMap,
    attach: pointedBoolean,
    develop: goPointer(develop),
    blkio_config: goPointer(blockLimits),
    cap_add: texts,
    cap_drop: texts,
    cgroup_parent: goText,
    cgroup: goText,
    cpu_count: goInteger,
    cpu_percent: goFloat32,
    cpu_period: goInteger,
    cpu_quota: goInteger,
    cpu_rt_period: goInteger,
    cpu_rt_runtime: goInteger,
    cpus: goFloat32,
    cpuset: goText,
    cpu_shares: goInteger,
    command,
    configs: fileReferences,
    container_name: goText,
    credential_spec: goPointer(goStruct(goMembers({ config: goText, file: goText, registry: goText }))),
    deploy: goPointer(deploy),
    device_cgroup_rules: texts,
    devices: goList(goStruct(goMembers({ source: goText, target: goText, permissions: goText }))),
    dns: texts,
    dns_opt: texts,
    dns_search: texts,
    domainname: goText,
    entrypoint: command,
    provider: goPointer(goStruct(goMembers({ type: goText, options: goMap(texts) }))),
    environment: textMap,
    expose: texts,
    external_links: texts,
    extra_hosts: texts,
    group_add: texts,
    gpus: deviceRequests,
    hostname: goText,
    healthcheck: goPointer(healthcheck),
    image: goText,
    init: pointedBoolean,
    ipc: goText,
    isolation: goText,
    labels: textMap,
    label_file: texts,
    links: texts,
    logging: goPointer(goStruct(goMembers({ driver: goText, options: textMap }))),
    mem_limit: goText,
    mem_reservation: goText,
    memswap_limit: goText,
    mem_swappiness: goText,
    mac_address: goText,
    models: goMap(goPointer(goStruct(goMembers({ endpoint_var: goText, model_var: goText })))),
    network_mode: goText,
    networks: goMap(goPointer(membership)),
    oom_kill_disable: goBoolean,
    oom_score_adj: goInteger,
    pid: goText,
    pids_limit: goInteger,
    platform: goText,
    ports,
    privileged: goBoolean,
    read_only: goBoolean,
    restart: goText,
    runtime: goText,
    secrets: fileReferences,
    security_opt: texts,
    shm_size: goText,
    stdin_open: goBoolean,
    stop_grace_period: pointedText,
    stop_signal: goText,
    storage_opt: textMap,
    sysctls: textMap,
    tmpfs: texts,
    tty: goBoolean,
    ulimits: goMap(ulimit),
    use_api_socket: goBoolean,
    user: goText,
    userns_mode: goText,
    uts: goText,
    volumes,
    volumes_from: texts,
    working_dir: goText,
    post_start: goList(hook),
    pre_stop: goList(hook),
  }),
);

/** A network as its hash sees it (compose-surface section 3.4). */
export const encodeNetworkForHash: GoEncoder = goStruct(
  goMembers({
    name: goText,
    driver: goText,
    driver_opts: textMap,
    ipam: goAlways(
      goStruct(
        goMembers({
          driver: goText,
          config: goList(
            goStruct(goMembers({ subnet: goText, gateway: goText, ip_range: goText, aux_addresses: textMap })),
          ),
        }),
      ),
      '{}',
    ),
    external: goBoolean,
    internal: goBoolean,
    attachable: goBoolean,
    labels: textMap,
    enable_ipv4: pointedBoolean,
    enable_ipv6: pointedBoolean,
  }),
);

/** A volume as its hash sees it. */
export const encodeVolumeForHash: GoEncoder = goStruct(
  goMembers({ name: goText, driver: goText, driver_opts: textMap, external: goBoolean, labels: textMap }),
);
