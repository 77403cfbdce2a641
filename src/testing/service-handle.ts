import { kill } from '../compose/kill.ts';
import { logs } from '../compose/logs.ts';
import { pause, unpause } from '../compose/pause.ts';
import { restart } from '../compose/restart.ts';
import { stop } from '../compose/stop.ts';
import { up } from '../compose/up.ts';
import type { ContainerInspect } from '../engine/container.ts';
import type { LogLine } from '../follow/log-line.ts';
import { readyProbe } from '../state/ready-probe.ts';
import { endpointOf, requirePort } from './endpoints.ts';
import { type ExecOptions, type ExecResult, execIn } from './exec-in.ts';
import { disconnect } from './faults/disconnect.ts';
import type { Faults } from './faults/faults.ts';
import { type LimitRequest, limit } from './faults/limit.ts';
import type { LinkRequest } from './faults/link-request.ts';
import { shapeLink } from './faults/shape-link.ts';
import type { Endpoint, Replica } from './replica.ts';
import {
  copyPathIn,
  copyPathOut,
  type FileContent,
  type FileOptions,
  type FilesSubject,
  readOut,
  writeIn,
} from './service-files.ts';
import { stackLabels } from './stack-labels.ts';
import type { StackState } from './stack-state.ts';
import { type WaitOptions, type WaitTarget, waitFor } from './wait-for.ts';
import { withWholeDiagnosis } from './whole-diagnosis.ts';

/** What every act on a service takes. */
export interface ActOptions {
  readonly signal?: AbortSignal;
}

/**
 * A service of a running stack. Where it has several replicas, `index` chooses one by its number and the first one is meant without
 * it; what starts, stops and pauses does so to all of them.
 */
export class ServiceHandle<Port extends number = number> {
  readonly name: string;
  readonly #state: StackState;
  readonly #faults: Faults;

  /** Made by `Stack.service`. Throws `no-such-service`. */
  constructor(state: StackState, faults: Faults, name: string) {
    state.require(name);
    this.#state = state;
    this.#faults = faults;
    this.name = name;
  }

  /** Its containers, as they were when the stack was last started, stopped or looked at. */
  get replicas(): readonly Replica[] {
    return this.#state.replicasOf(this.name);
  }

  /** The host under which its published ports answer; of a service that publishes none, the address of its container. */
  get host(): string {
    const inspect = this.#networked();
    const [published] = Object.keys(inspect.NetworkSettings.Ports ?? {}).filter(
      (port) => (inspect.NetworkSettings.Ports?.[port] ?? []).length > 0,
    );
    return endpointOf(this.name, inspect, Number.parseInt(published ?? '0', 10), this.#state.reach).host;
  }

  /**
   * Where a port of the container answers from here. Throws `no-such-port` for one that is not among those of the file and the image,
   * and `not-reachable` if there is no way to it.
   */
  endpoint(port: Port, { index }: { readonly index?: number } = {}): Endpoint {
    const replica = this.#replica(index);
    requirePort(this.name, this.#state.project.services[this.name] ?? {}, replica.inspect, port);
    return endpointOf(this.name, this.#networked(replica), port, this.#state.reach);
  }

  /** The port to connect to for a port of the container. Throws as {@link ServiceHandle.endpoint}. */
  port(port: Port, options: { readonly index?: number } = {}): number {
    return this.endpoint(port, options).port;
  }

  /** `SCHEME://HOST:PORT` for a port of the container; the scheme is `http` without another. Throws as `endpoint`. */
  url(port: Port, { scheme = 'http', index }: { readonly scheme?: string; readonly index?: number } = {}): string {
    const { host, port: number } = this.endpoint(port, index === undefined ? {} : { index });
    return `${scheme}://${host.includes(':') ? `[${host}]` : host}:${number}`;
  }

  /** Executes a command in a container to its end. A command that fails is a result, not an error. */
  exec(command: readonly string[], options: ExecOptions & { readonly index?: number } = {}): Promise<ExecResult> {
    return execIn(this.#state.ports, this.#replica(options.index).id, command, options);
  }

  /**
   * Copies a file or folder of this machine, or a content, to a path in its containers; of a content the folders are made too. Into a
   * folder that is there a file or folder goes under its own name, as with `cp`. Throws `copy-impossible` and EngineError.
   */
  copyIn(from: string | FileContent, to: string, options: FileOptions = {}): Promise<void> {
    if (typeof from === 'string') return copyPathIn(this.#files, from, to, options);
    const { index } = options;
    return writeIn(this.#files, index === undefined ? this.replicas : [this.#replica(index)], from, to, options);
  }

  /** The content of a file of its container, or a copy of a file or folder on this machine. Throws `copy-impossible` and EngineError. */
  copyOut(from: string, to?: undefined, options?: FileOptions): Promise<Buffer>;
  copyOut(from: string, to: string, options?: FileOptions): Promise<void>;
  copyOut(from: string, to?: string, options: FileOptions = {}): Promise<Buffer | void> {
    return to === undefined ? readOut(this.#files, from, options) : copyPathOut(this.#files, from, to, options);
  }

  /** What its containers wrote, in the order of time; with `follow` until they have ended. */
  logs(options: ActOptions & { readonly follow?: boolean; readonly tail?: string } = {}): AsyncIterable<LogLine> {
    return logs(this.#state.ports, this.#state.reference, { ...options, services: [this.name] });
  }

  /** Waits for something of a container; after `exit` resolves to its exit code. Throws with the reasons if it never comes. */
  async waitFor(
    target: WaitTarget,
    options: WaitOptions & { readonly index?: number } = {},
  ): Promise<number | undefined> {
    const { project } = this.#state;
    const subject = {
      project: project.name,
      service: this.name,
      replica: this.#replica(options.index),
      declared: readyProbe(project.services[this.name]?.extensions),
    };
    return withWholeDiagnosis(() => waitFor(this.#state.ports, subject, target, options));
  }

  /** Stops its containers; `timeoutSeconds` is the grace between the stop signal and the kill. */
  async stop(options: ActOptions & { readonly timeoutSeconds?: number } = {}): Promise<void> {
    await stop(this.#state.ports, this.#state.reference, { ...options, services: [this.name] });
    await this.#look(options);
  }

  /** Starts its containers again and waits until they are ready. Its dependencies are left as they are. */
  async start({ signal }: ActOptions = {}): Promise<void> {
    const { ports, project, options } = this.#state;
    const call = signal === undefined ? {} : { signal };
    const choice = { ...options, ...call, targets: [this.name], withoutDependencies: true, wait: true };
    await withWholeDiagnosis(() => up(ports, project, choice));
    await this.#look(call);
  }

  /** Restarts its containers in place, and waits until they are ready. */
  async restart(options: ActOptions & { readonly timeoutSeconds?: number } = {}): Promise<void> {
    const { ports, reference } = this.#state;
    await restart(ports, reference, { ...options, services: [this.name], withoutDependents: true });
    await this.start(options);
  }

  /** Sends a signal to the processes of its containers: SIGKILL, or another. */
  async kill(signal = 'SIGKILL', options: ActOptions = {}): Promise<void> {
    await kill(this.#state.ports, this.#state.reference, { ...options, services: [this.name], killSignal: signal });
    await this.#look(options);
  }

  /** Freezes its processes. */
  async pause(options: ActOptions = {}): Promise<void> {
    await pause(this.#state.ports, this.#state.reference, { ...options, services: [this.name] });
    await this.#look(options);
  }

  /** Lets frozen processes go on. */
  async unpause(options: ActOptions = {}): Promise<void> {
    await unpause(this.#state.ports, this.#state.reference, { ...options, services: [this.name] });
    await this.#look(options);
  }

  /**
   * Takes its containers off a network of the project (the one named, else its default one) until {@link ServiceHandle.reconnect}.
   * Throws `no-such-network` for one that they are not on.
   */
  async disconnect(network = 'default', { signal = new AbortController().signal }: ActOptions = {}): Promise<void> {
    const { ports } = this.#state;
    const name = this.#state.networkName(network);
    const fault = `disconnect ${this.name} ${network}`;
    if (this.#faults.has(fault)) return;
    this.#state.requireNetwork(this.name, network);
    await this.#faults.bring(fault, () => disconnect(ports, this.replicas, name, signal));
    await this.#state.look(signal);
  }

  /** Undoes {@link ServiceHandle.disconnect}. */
  async reconnect(network = 'default', { signal = new AbortController().signal }: ActOptions = {}): Promise<void> {
    await this.#faults.undo(`disconnect ${this.name} ${network}`, signal);
    await this.#state.look(signal);
  }

  /** Limits what its containers may use, until `heal`. Throws `invalid-limit`, `fault-impossible`, and EngineError. */
  async limit(request: LimitRequest, { signal = new AbortController().signal }: ActOptions = {}): Promise<void> {
    await this.#faults.bring(`limit ${this.name}`, () => limit(this.#state.ports, this.replicas, request, signal));
  }

  /**
   * Makes what its containers send on a network slower, later or lossy, until `heal` or their next start. Throws `invalid-link`, and
   * `fault-impossible` where the engine's kernel or the image lacks what it takes.
   */
  async link(request: LinkRequest, { signal = new AbortController().signal }: ActOptions = {}): Promise<void> {
    const { network = 'default' } = request;
    const subject = {
      ports: this.#state.ports,
      labels: stackLabels(this.#state.project),
      service: this.name,
      replicas: this.replicas,
      network: this.#state.networkName(network),
    };
    await this.#faults.bring(`link ${this.name} ${network}`, () => shapeLink(subject, request, signal));
  }

  /** What the engine says of a container now. */
  inspect(options: ActOptions & { readonly index?: number } = {}): Promise<ContainerInspect> {
    return this.#state.ports.engine.containers.inspect(this.#replica(options.index).id, options);
  }

  get #files(): FilesSubject {
    return { ports: this.#state.ports, project: this.#state.project.name, service: this.name };
  }

  /** The container whose network it is in: its own, unless it shares that of another service. */
  #networked(replica: Replica = this.#replica()): ContainerInspect {
    return this.#state.networkOf(replica).inspect;
  }

  #replica(index?: number): Replica {
    return this.#state.replica(this.name, index);
  }

  #look({ signal = new AbortController().signal }: ActOptions): Promise<void> {
    return this.#state.look(signal);
  }
}
