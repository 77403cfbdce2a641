import type { JsonValue, Named } from './project.ts';

/** When a dependent may start. Compose Specification, `depends_on`. */
export type DependencyCondition = (typeof DEPENDENCY_CONDITIONS)[number];

/** Every word of {@link DependencyCondition}. */
export const DEPENDENCY_CONDITIONS = ['service_started', 'service_healthy', 'service_completed_successfully'] as const;

/** One edge of `depends_on`. */
export interface Dependency {
  readonly condition: DependencyCondition;
  readonly restart?: boolean;
  readonly required: boolean;
}

/** A published or container port. Compose Specification, `ports` long form. */
export interface Port {
  readonly name?: string;
  readonly mode?: string;
  readonly host_ip?: string;
  readonly target: number;
  /** A port, a range `A-B`, or absent for one the engine chooses. */
  readonly published?: string;
  readonly protocol?: string;
  readonly app_protocol?: string;
}

/** A mount. Compose Specification, `volumes` long form. */
export interface Mount {
  readonly type: string;
  readonly source?: string;
  readonly target: string;
  readonly read_only?: boolean;
  readonly consistency?: string;
  readonly bind?: {
    readonly propagation?: string;
    readonly create_host_path?: boolean;
    readonly recursive?: string;
    readonly selinux?: string;
  };
  readonly volume?: { readonly nocopy?: boolean; readonly subpath?: string; readonly labels?: Named<string> };
  readonly tmpfs?: { readonly size?: string; readonly mode?: number };
  readonly image?: { readonly subpath?: string };
}

/** A service's membership in a network. */
export interface ServiceNetwork {
  readonly aliases?: readonly string[];
  readonly driver_opts?: Named<string>;
  readonly gw_priority?: number;
  readonly interface_name?: string;
  readonly ipv4_address?: string;
  readonly ipv6_address?: string;
  readonly link_local_ips?: readonly string[];
  readonly mac_address?: string;
  readonly priority?: number;
}

/** A service's use of a config or secret. `mode` is octal text such as `"0440"`. */
export interface FileReference {
  readonly source: string;
  readonly target?: string;
  readonly uid?: string;
  readonly gid?: string;
  readonly mode?: string;
}

/** Compose Specification, `healthcheck`. Durations in Go notation. */
export interface Healthcheck {
  readonly test?: readonly string[];
  readonly interval?: string;
  readonly timeout?: string;
  readonly retries?: number;
  readonly start_period?: string;
  readonly start_interval?: string;
  readonly disable?: boolean;
}

/** A lifecycle hook. Compose Specification, `post_start`, `pre_stop`, `pre_start`. */
export interface Hook {
  readonly command: readonly string[] | null;
  readonly image?: string;
  readonly user?: string;
  readonly privileged?: boolean;
  readonly working_dir?: string;
  readonly environment?: Named<string | null>;
  readonly per_replica?: boolean;
}

/** A requested device class (gpus, deploy devices). */
export interface DeviceRequest {
  readonly capabilities?: readonly string[];
  readonly driver?: string;
  readonly count?: number;
  readonly device_ids?: readonly string[];
  readonly options?: Named<string>;
}

/** Limits or reservations of a service. `memory` is bytes as decimal text, `cpus` a number of cores. */
export interface ResourceAmounts {
  readonly cpus?: number;
  readonly memory?: string;
  readonly pids?: number;
  readonly devices?: readonly DeviceRequest[];
  readonly generic_resources?: readonly JsonValue[];
}

/** Compose Deploy Specification. */
export interface Deploy {
  readonly mode?: string;
  readonly replicas?: number;
  readonly labels?: Named<string>;
  readonly update_config?: JsonValue;
  readonly rollback_config?: JsonValue;
  readonly resources: { readonly limits?: ResourceAmounts; readonly reservations?: ResourceAmounts };
  readonly restart_policy?: {
    readonly condition?: string;
    readonly delay?: string;
    readonly max_attempts?: number;
    readonly window?: string;
  };
  readonly placement: JsonValue;
  readonly endpoint_mode?: string;
}

/** Compose Build Specification, canonical. */
export interface Build {
  readonly context?: string;
  readonly dockerfile?: string;
  readonly [key: string]: JsonValue | undefined;
}

/**
 * A service in canonical form (see {@link Project}). Every attribute of the specification has a member; those that only
 * a later capability reads keep their canonical JSON.
 */
export interface Service {
  readonly profiles?: readonly string[];
  readonly annotations?: Named<string>;
  readonly attach?: boolean;
  readonly develop?: JsonValue;
  readonly blkio_config?: JsonValue;
  readonly build?: Build;
  readonly cap_add?: readonly string[];
  readonly cap_drop?: readonly string[];
  readonly cgroup_parent?: string;
  readonly cgroup?: string;
  readonly cpu_count?: number;
  readonly cpu_percent?: number;
  readonly cpu_period?: number;
  readonly cpu_quota?: number;
  readonly cpu_rt_period?: number;
  readonly cpu_rt_runtime?: number;
  readonly cpus?: number;
  readonly cpuset?: string;
  readonly cpu_shares?: number;
  readonly command: readonly string[] | null;
  readonly configs?: readonly FileReference[];
  readonly container_name?: string;
  readonly credential_spec?: JsonValue;
  readonly depends_on?: Named<Dependency>;
  readonly deploy?: Deploy;
  readonly device_cgroup_rules?: readonly string[];
  readonly devices?: readonly { readonly source?: string; readonly target?: string; readonly permissions?: string }[];
  readonly dns?: readonly string[];
  readonly dns_opt?: readonly string[];
  readonly dns_search?: readonly string[];
  readonly domainname?: string;
  readonly entrypoint: readonly string[] | null;
  readonly environment?: Named<string | null>;
  readonly expose?: readonly string[];
  /** What is left of `extends` when the base has an empty body; never anything else (spec-facts 13.10). */
  readonly extends?: JsonValue;
  readonly external_links?: readonly string[];
  /** Sorted `host=ip`. */
  readonly extra_hosts?: readonly string[];
  readonly gpus?: readonly DeviceRequest[];
  readonly group_add?: readonly string[];
  readonly healthcheck?: Healthcheck;
  readonly hostname?: string;
  readonly image?: string;
  readonly init?: boolean;
  readonly ipc?: string;
  readonly isolation?: string;
  readonly labels?: Named<string>;
  readonly links?: readonly string[];
  readonly logging?: { readonly driver?: string; readonly options?: Named<string> };
  readonly mac_address?: string;
  readonly mem_limit?: string;
  readonly mem_reservation?: string;
  readonly mem_swappiness?: string;
  readonly memswap_limit?: string;
  readonly models?: JsonValue;
  readonly network_mode?: string;
  readonly networks?: Named<ServiceNetwork | null>;
  readonly oom_kill_disable?: boolean;
  readonly oom_score_adj?: number;
  readonly pid?: string;
  readonly pids_limit?: number;
  readonly platform?: string;
  readonly ports?: readonly Port[];
  readonly post_start?: readonly Hook[];
  readonly pre_start?: readonly Hook[];
  readonly pre_stop?: readonly Hook[];
  readonly privileged?: boolean;
  readonly provider?: { readonly type: string; readonly options?: Named<readonly string[]> };
  readonly pull_policy?: string;
  readonly read_only?: boolean;
  readonly restart?: string;
  readonly runtime?: string;
  readonly scale?: number;
  readonly secrets?: readonly FileReference[];
  readonly security_opt?: readonly string[];
  readonly shm_size?: string;
  readonly stdin_open?: boolean;
  readonly stop_grace_period?: string;
  readonly stop_signal?: string;
  readonly storage_opt?: Named<string>;
  readonly sysctls?: Named<string>;
  readonly tmpfs?: readonly string[];
  readonly tty?: boolean;
  readonly ulimits?: Named<number | { readonly soft: number; readonly hard: number }>;
  readonly use_api_socket?: boolean;
  readonly user?: string;
  readonly userns_mode?: string;
  readonly uts?: string;
  readonly volumes?: readonly Mount[];
  readonly volumes_from?: readonly string[];
  readonly working_dir?: string;
  /** `x-*` members of the service, `x-topsail` among them. */
  readonly extensions?: Named<JsonValue>;
}
