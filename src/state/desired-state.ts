import type { BuildRequest } from '../engine/builder.ts';
import type { ContainerCreateRequest, EndpointRequest } from '../engine/container.ts';
import type { NetworkCreateRequest, VolumeCreateRequest } from '../engine/resource.ts';
import type { DependencyCondition } from '../project/service.ts';
import type { ApiRequirement } from './api-requirements.ts';
import type { ContainerReference } from './container-references.ts';
import type { DesiredProvider } from './desired-provider.ts';
import type { DesiredModel } from './model-variables.ts';
import type { ReadyProbe } from './ready-probe.ts';
import type { ServiceHooks } from './service-hooks.ts';

/** What a project wants the engine to hold. Computed from the Project alone, without looking at the engine. */
export interface DesiredState {
  readonly project: string;
  readonly networks: readonly DesiredNetwork[];
  readonly volumes: readonly DesiredVolume[];
  /** In file order; dependencies are by name. */
  readonly services: readonly DesiredService[];
  /** Services without containers, which programs beside the engine provide. */
  readonly providers: readonly DesiredProvider[];
  readonly models: readonly DesiredModel[];
  /** Services outside of the selection whose builds are contexts of builds inside. */
  readonly contextServices: readonly DesiredService[];
  /** Services that the file defines and a profile or the selection leaves out: their containers are no orphans. */
  readonly disabledServices: readonly string[];
  /** What the file asks for and the engine gets in another form, one sentence each. */
  readonly warnings: readonly string[];
}

/** A network of the project, or an external one that only has to exist. */
export interface DesiredNetwork {
  readonly key: string;
  readonly name: string;
  readonly external: boolean;
  readonly request: NetworkCreateRequest;
  /** Label `com.docker.compose.config-hash`. */
  readonly hash: string;
  readonly requirements: readonly ApiRequirement[];
}

/** A named volume of the project, or an external one that only has to exist. */
export interface DesiredVolume {
  readonly key: string;
  readonly name: string;
  readonly external: boolean;
  readonly request: VolumeCreateRequest;
  readonly hash: string;
}

/** An edge of the dependency graph as the plan needs it. */
export interface DesiredDependency {
  readonly service: string;
  readonly condition: DependencyCondition;
  readonly required: boolean;
  /** Dependents restart when the dependency is recreated. */
  readonly restart: boolean;
}

/** A file that is copied into a created container before its start (configs and secrets by content or environment). */
export interface InjectedFile {
  /** Absolute path in the container. */
  readonly path: string;
  readonly content: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

/** One entry of `links`. */
export interface ServiceLink {
  readonly service: string;
  /** The name it asks for. */
  readonly alias: string;
}

/** How the image of a service is built. */
export interface DesiredBuild {
  /** For one platform, as containers need it. */
  readonly request: BuildRequest;
  /** `build.platforms`, for a build by itself. */
  readonly platforms: readonly string[];
  /** The service has an `image`, which a registry may know. */
  readonly named: boolean;
  /** Services whose builds are contexts of this one. */
  readonly needs: readonly string[];
}

/** A service: how its replicas look and what they wait for. */
export interface DesiredService {
  readonly name: string;
  /** What comes before the number in a replica's name: `shop-web-`. */
  readonly namePrefix: string;
  readonly image: string;
  readonly platform: string | undefined;
  readonly pullPolicy: string;
  readonly build: DesiredBuild | undefined;
  readonly scale: number;
  /** Its one container is that of a `run`: nothing that exists stands for it, and whoever runs it starts it. */
  readonly oneOff?: true;
  /** `container_name`, which allows one replica only. */
  readonly containerName: string | undefined;
  readonly dependencies: readonly DesiredDependency[];
  /** Keys of the project networks it joins, primary first; empty with `network_mode`. */
  readonly networks: readonly string[];
  /** Keys of the named volumes it mounts. */
  readonly volumes: readonly string[];
  /** Images it mounts (`type: image`). */
  readonly imageMounts: readonly string[];
  readonly files: readonly InjectedFile[];
  /** Label `com.docker.compose.config-hash` (compose-surface section 3.3); with references open it is no label's. */
  readonly hash: string;
  /** What the engine has to be new enough for. */
  readonly requirements: readonly ApiRequirement[];
  /** Attributes that name a container of another service; the template holds open references to them. */
  readonly references: readonly ContainerReference[];
  /** With references: what the hash is made from once they are filled in. Holds values of the environment. */
  readonly hashed: string | undefined;
  /** Provided services it depends on, whose variables its containers get. */
  readonly providers: readonly string[];
  /** Keys of the models it uses. */
  readonly models: readonly string[];
  /** `links`: services whose containers get further names in the eyes of this one. */
  readonly links: readonly ServiceLink[];
  /** `x-topsail: {job: once}`: a finished, unchanged container is not run again. */
  readonly runOnce: boolean;
  readonly hooks: ServiceHooks;
  /** Whether the restart policy starts a failed container again each time. */
  readonly restarts: boolean;
  /** Whether the file gives it a health check that is not disabled; the image may still bring one. */
  readonly hasHealthcheck: boolean;
  /** `x-topsail: {ready: ...}`: a probe from outside that decides when it is ready. */
  readonly ready: ReadyProbe | undefined;
  /**
   * The create request shared by all replicas: labels without the container number and image digest, and endpoints without the
   * container's own name as alias (see `containerRequest`).
   */
  readonly template: ContainerCreateRequest;
  /** Endpoints by network name, primary first; all go into the create call from API 1.44 on. */
  readonly endpoints: readonly { readonly network: string; readonly request: EndpointRequest }[];
}
