import type { EndpointSettings, TextMap } from './container.ts';

/** Body of `POST /networks/create`. */
export interface NetworkCreateRequest {
  readonly Name: string;
  readonly Driver?: string;
  readonly Internal?: boolean;
  readonly Attachable?: boolean;
  readonly EnableIPv4?: boolean;
  readonly EnableIPv6?: boolean;
  readonly IPAM?: {
    readonly Driver?: string;
    readonly Config?: readonly {
      readonly Subnet?: string;
      readonly IPRange?: string;
      readonly Gateway?: string;
      readonly AuxiliaryAddresses?: TextMap;
    }[];
    readonly Options?: TextMap;
  };
  readonly Options?: TextMap;
  readonly Labels?: TextMap;
}

/** Answer of `GET /networks` and `GET /networks/{id}`; `Containers` only from the latter. */
export interface NetworkInspect {
  readonly Id: string;
  readonly Name: string;
  /** RFC 3339. */
  readonly Created: string;
  readonly Driver: string;
  readonly Scope?: string;
  readonly Internal?: boolean;
  readonly Attachable?: boolean;
  readonly EnableIPv6?: boolean;
  readonly IPAM?: NetworkCreateRequest['IPAM'] | null;
  readonly Options?: TextMap | null;
  readonly Labels?: TextMap | null;
  readonly Containers?: { readonly [id: string]: EndpointSettings & { readonly Name?: string } } | null;
}

/** Body of `POST /volumes/create`. */
export interface VolumeCreateRequest {
  readonly Name: string;
  readonly Driver?: string;
  readonly DriverOpts?: TextMap;
  readonly Labels?: TextMap;
}

/** Answer of `GET /volumes` and `GET /volumes/{name}`. */
export interface VolumeInspect {
  readonly Name: string;
  readonly Driver: string;
  readonly Mountpoint?: string;
  readonly Scope?: string;
  readonly CreatedAt?: string;
  readonly Labels?: TextMap | null;
  readonly Options?: TextMap | null;
}

/** Answer of `GET /images/{name}/json`. */
export interface ImageInspect {
  readonly Id: string;
  readonly RepoTags?: readonly string[] | null;
  readonly RepoDigests?: readonly string[] | null;
  readonly Created?: string;
  readonly Architecture?: string;
  readonly Variant?: string;
  readonly Os?: string;
  readonly Size?: number;
  readonly Metadata?: { readonly LastTagTime?: string };
  readonly Config?: {
    readonly User?: string;
    readonly Env?: readonly string[] | null;
    readonly Cmd?: readonly string[] | null;
    readonly Entrypoint?: readonly string[] | null;
    readonly WorkingDir?: string;
    readonly Labels?: TextMap | null;
    readonly Volumes?: { readonly [path: string]: unknown } | null;
    readonly ExposedPorts?: { readonly [port: string]: unknown } | null;
    readonly StopSignal?: string;
    readonly Shell?: readonly string[] | null;
    readonly Healthcheck?: import('./container.ts').HealthConfig | null;
  } | null;
}

/** One row of `GET /images/json`. */
export interface ImageSummary {
  readonly Id: string;
  readonly RepoTags?: readonly string[] | null;
  readonly RepoDigests?: readonly string[] | null;
  readonly Labels?: TextMap | null;
  readonly Created: number;
  readonly Size: number;
}

/**
 * One line of a pull's or a push's answer (`POST /images/create`, `POST /images/{name}/push`). An `error` line is thrown by
 * the adapter, never yielded.
 */
export interface TransferProgress {
  /** Layer id, absent on lines about the whole image. */
  readonly id?: string;
  readonly status: string;
  /** Bytes of the layer, while it is sent or unpacked. */
  readonly progressDetail?: { readonly current?: number; readonly total?: number };
  /** The digest that the registry knows the image by, once it is known. */
  readonly digest?: string;
}

/** One line of the answer of a build. */
export interface ImageBuildLine {
  /** Part of the log, mostly whole lines. */
  readonly stream?: string;
  /** Of the pull of a base image. */
  readonly status?: string;
  readonly aux?: { readonly ID?: string };
}
