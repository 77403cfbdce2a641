import type { Duplex } from 'node:stream';
import type {
  ContainerCreateRequest,
  ContainerInspect,
  ContainerLimits,
  ContainerProcesses,
  ContainerStats,
  ContainerSummary,
  EndpointRequest,
  TextMap,
} from './container.ts';
import type {
  ImageBuildLine,
  ImageInspect,
  ImageSummary,
  NetworkCreateRequest,
  NetworkInspect,
  TransferProgress,
  VolumeCreateRequest,
  VolumeInspect,
} from './resource.ts';

/** What every engine call accepts. An aborted call rejects with an `engine-aborted` EngineError. */
export interface CallOptions {
  readonly signal?: AbortSignal;
}

/** Who answers at the other end (`GET /version`, `GET /info`, the `Api-Version` header of `/_ping`). */
export interface EngineDescription {
  readonly product: 'docker' | 'podman' | 'unknown';
  readonly version: string;
  /** The API version in use: the lower of ours and the engine's, such as `1.51`. */
  readonly apiVersion: string;
  readonly operatingSystem: string;
  /** Empty if the engine was not asked: its ping does not say. {@link EngineInformation} does. */
  readonly architecture: string;
  /** What was connected to, such as `unix:///var/run/docker.sock`. */
  readonly endpoint: string;
}

/** What `doctor` wants to know beyond the description (`GET /info`). */
export interface EngineInformation {
  readonly cgroupVersion?: string;
  readonly cgroupDriver?: string;
  readonly storageDriver?: string;
  readonly operatingSystemName?: string;
  readonly kernelVersion?: string;
  readonly processors?: number;
  readonly memoryBytes?: number;
  /** Such as `x86_64`. */
  readonly architecture?: string;
  readonly rootless: boolean;
  readonly warnings: readonly string[];
}

/** A piece of container output. */
export interface OutputChunk {
  /** With a terminal everything is stdout. */
  readonly stream: 'stdout' | 'stderr';
  readonly data: Uint8Array;
}

/** Arguments of `GET /containers/{id}/logs`. `since` and `until` are seconds since the epoch, with fraction, as text. */
export interface LogRequest {
  readonly follow?: boolean;
  readonly since?: string;
  readonly until?: string;
  /** Number of last lines, or `all`. */
  readonly tail?: string;
  readonly timestamps?: boolean;
  /** Whether the container has a terminal: its output is then not multiplexed. */
  readonly tty: boolean;
}

/** Body of `POST /containers/{id}/exec`. */
export interface ExecRequest {
  readonly Cmd: readonly string[];
  readonly User?: string;
  readonly WorkingDir?: string;
  readonly Env?: readonly string[];
  readonly Privileged?: boolean;
  readonly Tty?: boolean;
  readonly AttachStdin?: boolean;
  /** The keys that end a session on a terminal and leave the process running, such as `ctrl-p,ctrl-q`. */
  readonly DetachKeys?: string;
  /** Lines and columns of the terminal from the first moment on; engines before API 1.42 ignore it. */
  readonly ConsoleSize?: readonly [lines: number, columns: number];
}

/** Arguments of `POST /containers/{id}/attach`. */
export interface AttachRequest {
  readonly stdin: boolean;
  /** Whether the container has a terminal: its output is then not multiplexed. */
  readonly tty: boolean;
  /** What it wrote before, too. */
  readonly logs?: boolean;
  /** The keys that end the session and leave the container running, such as `ctrl-p,ctrl-q`. */
  readonly detachKeys?: string;
}

/** A two-way stream to a container's process. `close` ends it at once and is safe to call twice. */
export interface Attachment {
  readonly output: AsyncIterable<OutputChunk>;
  write(data: Uint8Array): Promise<void>;
  /** Half-closes: no more input, output still arrives. */
  end(): Promise<void>;
  close(): void;
}

/** A running exec. */
export interface ExecSession extends Attachment {
  readonly id: string;
  /** The exit code, once the output has ended. */
  exitCode(call?: CallOptions): Promise<number>;
  resize(columns: number, rows: number, call?: CallOptions): Promise<void>;
}

/** How an archive is unpacked in a container. */
export interface UnpackOptions {
  /** Refuse to put a file in the place of a folder or the other way round. */
  readonly noOverwriteDirNonDir?: boolean;
  /** What is unpacked belongs to whom the archive says. */
  readonly copyUIDGID?: boolean;
}

/** What is at a path of a container. */
export interface PathStat {
  readonly kind: 'file' | 'directory' | 'link' | 'other';
  /** Of a link: the path it leads to, absolute. */
  readonly target: string;
}

/** Arguments of `POST /commit`. */
export interface CommitRequest {
  readonly repository?: string;
  readonly tag?: string;
  readonly message?: string;
  readonly author?: string;
  /** Instructions of a Dockerfile. */
  readonly changes?: readonly string[];
  /** Whether the container rests meanwhile. Default true. */
  readonly pause?: boolean;
}

/** What a wait waits for: the first exit from now on; that it does not run, which counts an earlier exit too; that it is gone. */
export type ContainerWaitCondition = 'next-exit' | 'not-running' | 'removed';

/** A wait for the end of a container's process, which listens from the moment it is there. */
export interface ContainerWait {
  /** Rejects with an EngineError if the connection is lost or the call aborted. Of a removal not every engine knows the code. */
  readonly exitCode: Promise<number>;
}

/** `/containers`. Start on a started and stop on a stopped container succeed. */
export interface ContainerCalls {
  list(
    query: { readonly all: boolean; readonly labels?: readonly string[]; readonly size?: boolean },
    call?: CallOptions,
  ): Promise<readonly ContainerSummary[]>;
  inspect(id: string, call?: CallOptions): Promise<ContainerInspect>;
  create(
    request: { readonly name?: string; readonly platform?: string; readonly body: ContainerCreateRequest },
    call?: CallOptions,
  ): Promise<{ readonly id: string; readonly warnings: readonly string[] }>;
  start(id: string, call?: CallOptions): Promise<void>;
  /** Without a timeout the container's own applies. */
  stop(
    id: string,
    query?: { readonly timeoutSeconds?: number; readonly signal?: string },
    call?: CallOptions,
  ): Promise<void>;
  restart(id: string, query?: { readonly timeoutSeconds?: number }, call?: CallOptions): Promise<void>;
  kill(id: string, query?: { readonly signal?: string }, call?: CallOptions): Promise<void>;
  pause(id: string, call?: CallOptions): Promise<void>;
  unpause(id: string, call?: CallOptions): Promise<void>;
  rename(id: string, name: string, call?: CallOptions): Promise<void>;
  /** Changes limits of a container as it is (`POST /containers/{id}/update`). Absent members stay. */
  update(id: string, limits: ContainerLimits, call?: CallOptions): Promise<void>;
  /** Removing what is gone or being removed succeeds. */
  remove(
    id: string,
    query?: { readonly force?: boolean; readonly volumes?: boolean },
    call?: CallOptions,
  ): Promise<void>;
  logs(id: string, request: LogRequest, call?: CallOptions): AsyncIterable<OutputChunk>;
  attach(id: string, request: AttachRequest, call?: CallOptions): Promise<Attachment>;
  exec(id: string, request: ExecRequest, call?: CallOptions): Promise<ExecSession>;
  /** Starts a process and leaves it to itself; resolves with the exec's id once it runs. */
  execDetached(id: string, request: ExecRequest, call?: CallOptions): Promise<string>;
  resize(id: string, columns: number, rows: number, call?: CallOptions): Promise<void>;
  wait(id: string, condition: ContainerWaitCondition, call?: CallOptions): Promise<ContainerWait>;
  stats(id: string, call?: CallOptions): Promise<ContainerStats>;
  /** About one reading a second until the container is gone or stops, or the reader leaves. */
  followStats(id: string, call?: CallOptions): AsyncIterable<ContainerStats>;
  /** The processes of a running container. */
  top(id: string, call?: CallOptions): Promise<ContainerProcesses>;
  /** Unpacks a tar below `path` (`PUT /containers/{id}/archive`). */
  putArchive(
    id: string,
    path: string,
    tar: AsyncIterable<Uint8Array> | Uint8Array,
    call?: CallOptions & UnpackOptions,
  ): Promise<void>;
  /** A tar of what is at the path, under its last name; of a link the link itself. */
  getArchive(id: string, path: string, call?: CallOptions): AsyncIterable<Uint8Array>;
  /** What is at the path (`HEAD /containers/{id}/archive`). Throws `not-found` if there is nothing. */
  statPath(id: string, path: string, call?: CallOptions): Promise<PathStat>;
  /** Everything in the container's file system as a tar. */
  exportFiles(id: string, call?: CallOptions): AsyncIterable<Uint8Array>;
  /** Makes an image of the container and gives the image's id. */
  commit(id: string, request: CommitRequest, call?: CallOptions): Promise<string>;
}

/** `/networks`. */
export interface NetworkCalls {
  list(
    query: { readonly labels?: readonly string[]; readonly names?: readonly string[] },
    call?: CallOptions,
  ): Promise<readonly NetworkInspect[]>;
  inspect(id: string, call?: CallOptions): Promise<NetworkInspect>;
  create(body: NetworkCreateRequest, call?: CallOptions): Promise<{ readonly id: string; readonly warning: string }>;
  remove(id: string, call?: CallOptions): Promise<void>;
  connect(id: string, container: string, endpoint: EndpointRequest, call?: CallOptions): Promise<void>;
  disconnect(id: string, container: string, force: boolean, call?: CallOptions): Promise<void>;
}

/** `/volumes`. Creating an existing name succeeds and keeps the old labels. */
export interface VolumeCalls {
  list(query: { readonly labels?: readonly string[] }, call?: CallOptions): Promise<readonly VolumeInspect[]>;
  inspect(name: string, call?: CallOptions): Promise<VolumeInspect>;
  create(body: VolumeCreateRequest, call?: CallOptions): Promise<VolumeInspect>;
  remove(name: string, force: boolean, call?: CallOptions): Promise<void>;
}

/** Registry credentials for one call (`X-Registry-Auth`). */
export interface RegistryCredentials {
  readonly username?: string;
  readonly password?: string;
  readonly identityToken?: string;
  readonly serverAddress?: string;
}

/** What goes along with the context of `POST /build`. */
export interface ImageBuildRequest {
  /** Members of the query; lists are repeated. */
  readonly query: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Logins for base images by the address of their registry (`X-Registry-Config`). */
  readonly logins?: ReadonlyMap<string, RegistryCredentials>;
}

/** `/images`. */
export interface ImageCalls {
  list(query: { readonly labels?: readonly string[] }, call?: CallOptions): Promise<readonly ImageSummary[]>;
  inspect(reference: string, call?: CallOptions): Promise<ImageInspect>;
  /** Ends when the image is there; throws the registry's or the engine's error. */
  pull(
    reference: string,
    query?: { readonly platform?: string; readonly credentials?: RegistryCredentials },
    call?: CallOptions,
  ): AsyncIterable<TransferProgress>;
  /** Ends when the registry has the image; throws the registry's or the engine's error. */
  push(
    reference: string,
    query?: { readonly credentials?: RegistryCredentials },
    call?: CallOptions,
  ): AsyncIterable<TransferProgress>;
  /** Gives an image a further name, `repository:tag`; one that it has already gets the time anew (`LastTagTime`). */
  tag(reference: string, name: string, call?: CallOptions): Promise<void>;
  /** `POST /build` without BuildKit: the answer's lines; its error is thrown. */
  build(tar: AsyncIterable<Uint8Array>, request: ImageBuildRequest, call?: CallOptions): AsyncIterable<ImageBuildLine>;
  remove(reference: string, query?: { readonly force?: boolean }, call?: CallOptions): Promise<void>;
}

/** One line of `GET /events`. */
export interface EngineEvent {
  readonly Type: string;
  readonly Action: string;
  readonly Actor: { readonly ID: string; readonly Attributes: TextMap };
  readonly scope?: string;
  /** Seconds since the epoch. */
  readonly time: number;
  readonly timeNano: number;
}

/** Filters of the event stream. */
export interface EventQuery {
  readonly labels?: readonly string[];
  readonly types?: readonly string[];
  readonly events?: readonly string[];
  /** Seconds since the epoch, as text. */
  readonly since?: string;
  readonly until?: string;
}

/** An open event stream. It is listening when the promise that gave it resolves; iteration throws when it is lost. */
export interface EventStream extends AsyncIterable<EngineEvent> {
  close(): void;
}

/** A POST that turns its connection into another protocol's (`101 Switching Protocols`). */
export interface UpgradeRequest {
  /** Without the version: `/grpc`, `/session`. */
  readonly path: string;
  /** Such as `h2c`. */
  readonly protocol: string;
  /** Lists are repeated. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
}

/** The Docker Engine API as Topsail uses it. Adapters: `dockerode/` for real engines, `memory-engine/` for tests. */
export interface Engine {
  readonly description: EngineDescription;
  information(call?: CallOptions): Promise<EngineInformation>;
  readonly containers: ContainerCalls;
  readonly networks: NetworkCalls;
  readonly volumes: VolumeCalls;
  readonly images: ImageCalls;
  events(query: EventQuery, call?: CallOptions): Promise<EventStream>;
  /** Opens a connection of another protocol. An engine that does not have it rejects as `not-found` or `unsupported`. */
  upgrade(request: UpgradeRequest, call?: CallOptions): Promise<Duplex>;
  /** Closes idle connections and ends open streams. */
  close(): Promise<void>;
}
