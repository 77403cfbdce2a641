/**
 * Container requests and answers in the words of the Docker Engine API (`/containers/*`): the members Topsail reads or
 * writes, under the API's own names.
 */

/** Text keys and values, as labels and options are. */
export type TextMap = { readonly [key: string]: string };

/** A published port of `HostConfig.PortBindings`. */
export interface PortBinding {
  readonly HostIp?: string;
  readonly HostPort?: string;
}

/** `Config.Healthcheck`; times in nanoseconds, 0 or absent means inherited. */
export interface HealthConfig {
  readonly Test?: readonly string[];
  readonly Interval?: number;
  readonly Timeout?: number;
  readonly StartPeriod?: number;
  readonly StartInterval?: number;
  readonly Retries?: number;
}

/** One entry of `HostConfig.Mounts`. */
export interface MountRequest {
  readonly Type: string;
  readonly Source?: string;
  readonly Target: string;
  readonly ReadOnly?: boolean;
  readonly Consistency?: string;
  readonly BindOptions?: {
    readonly Propagation?: string;
    readonly NonRecursive?: boolean;
    readonly CreateMountpoint?: boolean;
    readonly ReadOnlyNonRecursive?: boolean;
    readonly ReadOnlyForceRecursive?: boolean;
  };
  readonly VolumeOptions?: { readonly NoCopy?: boolean; readonly Subpath?: string; readonly Labels?: TextMap };
  readonly TmpfsOptions?: { readonly SizeBytes?: number; readonly Mode?: number };
  readonly ImageOptions?: { readonly Subpath?: string };
}

/** One endpoint of `NetworkingConfig.EndpointsConfig` or of a network connect call. */
export interface EndpointRequest {
  readonly Aliases?: readonly string[];
  readonly Links?: readonly string[];
  readonly MacAddress?: string;
  readonly DriverOpts?: TextMap;
  readonly GwPriority?: number;
  readonly IPAMConfig?: {
    readonly IPv4Address?: string;
    readonly IPv6Address?: string;
    readonly LinkLocalIPs?: readonly string[];
  };
}

/** `HostConfig` of a container. Sizes in bytes, CPU in billionths of a core. */
export interface HostConfig {
  readonly Binds?: readonly string[];
  readonly Mounts?: readonly MountRequest[];
  readonly NetworkMode?: string;
  readonly PortBindings?: { readonly [port: string]: readonly PortBinding[] };
  readonly RestartPolicy?: { readonly Name: string; readonly MaximumRetryCount?: number };
  readonly AutoRemove?: boolean;
  readonly CapAdd?: readonly string[];
  readonly CapDrop?: readonly string[];
  readonly CgroupnsMode?: string;
  readonly CgroupParent?: string;
  readonly Dns?: readonly string[];
  readonly DnsOptions?: readonly string[];
  readonly DnsSearch?: readonly string[];
  readonly ExtraHosts?: readonly string[];
  readonly GroupAdd?: readonly string[];
  readonly IpcMode?: string;
  readonly PidMode?: string;
  readonly UTSMode?: string;
  readonly UsernsMode?: string;
  readonly Links?: readonly string[];
  readonly LogConfig?: { readonly Type: string; readonly Config?: TextMap };
  readonly OomKillDisable?: boolean;
  readonly OomScoreAdj?: number;
  readonly Init?: boolean;
  readonly Isolation?: string;
  readonly Privileged?: boolean;
  readonly ReadonlyRootfs?: boolean;
  readonly Runtime?: string;
  readonly SecurityOpt?: readonly string[];
  readonly MaskedPaths?: readonly string[];
  readonly ReadonlyPaths?: readonly string[];
  readonly ShmSize?: number;
  readonly StorageOpt?: TextMap;
  readonly Sysctls?: TextMap;
  readonly Tmpfs?: TextMap;
  readonly Ulimits?: readonly { readonly Name: string; readonly Soft: number; readonly Hard: number }[];
  readonly VolumesFrom?: readonly string[];
  readonly Annotations?: TextMap;
  readonly NanoCpus?: number;
  readonly CpuShares?: number;
  readonly CpuPeriod?: number;
  readonly CpuQuota?: number;
  readonly CpuRealtimePeriod?: number;
  readonly CpuRealtimeRuntime?: number;
  readonly CpusetCpus?: string;
  readonly CpuCount?: number;
  readonly CpuPercent?: number;
  readonly Memory?: number;
  readonly MemoryReservation?: number;
  readonly MemorySwap?: number;
  readonly MemorySwappiness?: number;
  readonly PidsLimit?: number;
  readonly BlkioWeight?: number;
  readonly BlkioWeightDevice?: readonly { readonly Path: string; readonly Weight: number }[];
  readonly BlkioDeviceReadBps?: readonly ThrottleDevice[];
  readonly BlkioDeviceWriteBps?: readonly ThrottleDevice[];
  readonly BlkioDeviceReadIOps?: readonly ThrottleDevice[];
  readonly BlkioDeviceWriteIOps?: readonly ThrottleDevice[];
  readonly DeviceCgroupRules?: readonly string[];
  readonly Devices?: readonly {
    readonly PathOnHost: string;
    readonly PathInContainer: string;
    readonly CgroupPermissions: string;
  }[];
  readonly DeviceRequests?: readonly {
    readonly Driver?: string;
    readonly Count?: number;
    readonly DeviceIDs?: readonly string[];
    readonly Capabilities?: readonly (readonly string[])[];
    readonly Options?: TextMap;
  }[];
}

/** A rate limit of one block device. */
export interface ThrottleDevice {
  readonly Path: string;
  readonly Rate: number;
}

/** Body of `POST /containers/create`. Absent members take the image's or the engine's default. */
export interface ContainerCreateRequest {
  readonly Hostname?: string;
  readonly Domainname?: string;
  readonly User?: string;
  readonly AttachStdin?: boolean;
  readonly AttachStdout?: boolean;
  readonly AttachStderr?: boolean;
  readonly Tty?: boolean;
  readonly OpenStdin?: boolean;
  readonly StdinOnce?: boolean;
  /** `KEY=VALUE`; a bare `KEY` removes the image's variable. */
  readonly Env?: readonly string[];
  readonly Cmd?: readonly string[];
  readonly Entrypoint?: readonly string[];
  readonly Image: string;
  readonly Labels?: TextMap;
  readonly WorkingDir?: string;
  readonly NetworkDisabled?: boolean;
  readonly MacAddress?: string;
  readonly StopSignal?: string;
  /** Whole seconds. */
  readonly StopTimeout?: number;
  readonly Volumes?: { readonly [path: string]: Record<string, never> };
  readonly ExposedPorts?: { readonly [port: string]: Record<string, never> };
  readonly Healthcheck?: HealthConfig;
  readonly HostConfig?: HostConfig;
  readonly NetworkingConfig?: { readonly EndpointsConfig: { readonly [network: string]: EndpointRequest } };
}

/** Container states of the Engine API. */
export type ContainerStatus = 'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead';

/** A mount as the engine reports it. */
export interface MountPoint {
  readonly Type: string;
  readonly Name?: string;
  readonly Source: string;
  readonly Destination: string;
  readonly Driver?: string;
  readonly Mode?: string;
  readonly RW?: boolean;
  readonly Propagation?: string;
}

/** An endpoint as the engine reports it. */
export interface EndpointSettings {
  readonly NetworkID?: string;
  readonly EndpointID?: string;
  readonly IPAddress?: string;
  readonly GlobalIPv6Address?: string;
  readonly MacAddress?: string;
  readonly Aliases?: readonly string[] | null;
  readonly DriverOpts?: TextMap | null;
  readonly GwPriority?: number;
  readonly Links?: readonly string[] | null;
  readonly IPAMConfig?: EndpointRequest['IPAMConfig'] | null;
}

/** Limits that can be changed while a container runs; members of `HostConfig`. */
export type ContainerLimits = Pick<HostConfig, 'NanoCpus' | 'Memory' | 'MemorySwap' | 'PidsLimit'>;

/** One row of `GET /containers/json`. */
export interface ContainerSummary {
  readonly Id: string;
  readonly Names: readonly string[];
  readonly Image: string;
  readonly ImageID: string;
  readonly Command: string;
  /** Seconds since the epoch. */
  readonly Created: number;
  readonly State: ContainerStatus;
  /** Words such as `Up 3 minutes (healthy)` or `Exited (0) 2 hours ago`. */
  readonly Status: string;
  readonly Labels: TextMap;
  readonly Ports: readonly {
    readonly IP?: string;
    readonly PrivatePort: number;
    readonly PublicPort?: number;
    readonly Type: string;
  }[];
  readonly Mounts: readonly MountPoint[];
  readonly NetworkSettings?: { readonly Networks?: { readonly [name: string]: EndpointSettings } | null };
  readonly SizeRw?: number;
  readonly SizeRootFs?: number;
}

/** `State` of an inspected container. Times are RFC 3339. */
export interface ContainerState {
  readonly Status: ContainerStatus;
  readonly Running: boolean;
  readonly Paused: boolean;
  readonly Restarting: boolean;
  readonly OOMKilled: boolean;
  readonly Dead: boolean;
  readonly Pid: number;
  readonly ExitCode: number;
  readonly Error: string;
  readonly StartedAt: string;
  readonly FinishedAt: string;
  readonly Health?: {
    readonly Status: string;
    readonly FailingStreak?: number;
    readonly Log?:
      | readonly {
          readonly Start: string;
          readonly End: string;
          readonly ExitCode: number;
          readonly Output: string;
        }[]
      | null;
  };
}

/** Answer of `GET /containers/{id}/json`. */
export interface ContainerInspect {
  readonly Id: string;
  readonly Name: string;
  readonly Created: string;
  /** Image id. */
  readonly Image: string;
  readonly RestartCount: number;
  readonly Platform?: string;
  readonly State: ContainerState;
  readonly Config: ContainerCreateRequest;
  readonly HostConfig: HostConfig;
  readonly Mounts: readonly MountPoint[];
  readonly NetworkSettings: {
    readonly Networks: { readonly [name: string]: EndpointSettings };
    readonly Ports?: { readonly [port: string]: readonly PortBinding[] | null };
  };
}

/** Answer of `GET /containers/{id}/stats`, the members that usage figures need. */
export interface ContainerStats {
  readonly cpu_stats: CpuStats;
  readonly precpu_stats?: CpuStats;
  readonly memory_stats: {
    readonly usage?: number;
    readonly limit?: number;
    readonly stats?: { readonly [name: string]: number };
  };
  readonly pids_stats?: { readonly current?: number; readonly limit?: number };
  readonly networks?: { readonly [name: string]: { readonly rx_bytes: number; readonly tx_bytes: number } };
  readonly blkio_stats?: {
    readonly io_service_bytes_recursive?: readonly { readonly op: string; readonly value: number }[] | null;
  };
}

/** Answer of `GET /containers/{id}/top`: what `ps` says inside, a list of cells for each process. */
export interface ContainerProcesses {
  readonly Titles: readonly string[];
  readonly Processes: readonly (readonly string[])[];
}

/** Processor counters in nanoseconds. */
export interface CpuStats {
  readonly cpu_usage: { readonly total_usage: number };
  readonly system_cpu_usage?: number;
  readonly online_cpus?: number;
}
