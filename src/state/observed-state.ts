import type { ContainerInspect, ContainerStatus, ContainerSummary, MountPoint, TextMap } from '../engine/container.ts';
import type { ImageInspect, ImageSummary, NetworkInspect, VolumeInspect } from '../engine/resource.ts';

/** What one read of the engine saw of a project, duplicates and leftovers included. Choosing is the planner's job. */
export interface ObservedState {
  readonly project: string;
  readonly containers: readonly ObservedContainer[];
  /** What failed `pre_start` hooks left behind. */
  readonly hookContainers: readonly HookContainer[];
  /** By project label, or by a wanted name. */
  readonly networks: readonly NetworkInspect[];
  readonly volumes: readonly VolumeInspect[];
  /** Images the desired state names, by reference; absent means not on the engine. */
  readonly images: ReadonlyMap<string, ImageInspect>;
  /** Images that carry the project's label; read only for `down --rmi`. */
  readonly builtImages?: readonly ImageSummary[];
  /** Engine facts that planning depends on. */
  readonly apiVersion: string;
  /** Milliseconds since the epoch at the time of the read. */
  readonly observedAt: number;
}

/** The container of a `pre_start` hook. */
export interface HookContainer {
  readonly id: string;
  readonly name: string;
  readonly service: string;
}

/** One container of the project. */
export interface ObservedContainer {
  readonly id: string;
  /** Without the leading slash. */
  readonly name: string;
  readonly service: string;
  /** Label `container-number`; undefined on one-offs. */
  readonly number: number | undefined;
  readonly oneOff: boolean;
  readonly status: ContainerStatus;
  /** From the words of the list call, so that an up-to-date project needs no inspect. */
  readonly health: 'none' | 'starting' | 'healthy' | 'unhealthy';
  /** Of an exited container. */
  readonly exitCode: number | undefined;
  readonly configHash: string | undefined;
  /** Label `image`, else the image id the engine reports. */
  readonly imageDigest: string;
  readonly labels: TextMap;
  readonly networkIds: readonly string[];
  readonly mounts: readonly MountPoint[];
  readonly summary: ContainerSummary;
  /** Only for containers whose hash differs, that are replaced, or that a wait may need. */
  readonly inspect: ContainerInspect | undefined;
  /** The image the container was made from, only together with `inspect`. */
  readonly image: ImageInspect | undefined;
}
