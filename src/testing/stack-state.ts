import type { ComposePorts } from '../compose/ports.ts';
import { checkServiceNames, type ProjectReference } from '../compose/project-reference.ts';
import type { UpOptions } from '../compose/up-options.ts';
import { TopsailError } from '../diagnostics/topsail-error.ts';
import type { Project } from '../project/project.ts';
import { CONTAINER_NUMBER_LABEL, ONE_OFF_LABEL, PROJECT_LABEL, SERVICE_LABEL } from '../state/labels.ts';
import { findReach, type Reach } from './endpoints.ts';
import type { Replica } from './replica.ts';

/** What the handles of one running stack share: the project as it runs, and its containers as they were last seen. */
export class StackState {
  readonly ports: ComposePorts;
  readonly options: UpOptions;
  project: Project;
  #replicas: ReadonlyMap<string, readonly Replica[]> = new Map();
  #reach: Reach | undefined;

  constructor(ports: ComposePorts, project: Project, options: UpOptions) {
    this.ports = ports;
    this.project = project;
    this.options = options;
  }

  /** Looks at the containers again: after whatever may have moved a port or replaced a container. */
  async look(signal: AbortSignal): Promise<void> {
    const { engine } = this.ports;
    const labels = [`${PROJECT_LABEL}=${this.project.name}`, `${ONE_OFF_LABEL}=False`];
    const rows = await engine.containers.list({ all: true, labels }, { signal });
    const inspects = await Promise.all(rows.map(({ Id: id }) => engine.containers.inspect(id, { signal })));
    const found = new Map<string, Replica[]>();
    for (const inspect of inspects) {
      const service = inspect.Config.Labels?.[SERVICE_LABEL] ?? '';
      const number = Number(inspect.Config.Labels?.[CONTAINER_NUMBER_LABEL] ?? 0);
      const replica = { id: inspect.Id, name: inspect.Name.replace(/^\//, ''), number, inspect };
      found.set(
        service,
        [...(found.get(service) ?? []), replica].toSorted((a, b) => a.number - b.number),
      );
    }
    this.#replicas = found;
    const running = inspects.filter(({ State: state }) => state.Running);
    if (running.length > 0) this.#reach ??= await findReach(this.ports, running, signal);
  }

  /** The containers of a service, by number. Throws `no-such-service`. */
  replicasOf(service: string): readonly Replica[] {
    this.require(service);
    return this.#replicas.get(service) ?? [];
  }

  /** A container of a service, the first one without a number. Throws `no-such-service`, and `service-not-running` without one. */
  replica(service: string, number?: number): Replica {
    const replicas = this.replicasOf(service);
    const found = number === undefined ? replicas[0] : replicas.find((replica) => replica.number === number);
    if (found !== undefined) return found;
    const which = number === undefined ? 'no container' : `no container #${number}`;
    throw new TopsailError('service-not-running', `service "${service}" has ${which}`, { origin: 'user' });
  }

  /** The container in whose network a container is: itself, or that of another service which lends it (`network_mode: service:db`). */
  networkOf(replica: Replica): Replica {
    const [kind, id] = (replica.inspect.HostConfig.NetworkMode ?? '').split(':', 2);
    if (kind !== 'container') return replica;
    return [...this.#replicas.values()].flat().find((other) => other.id === id) ?? replica;
  }

  /** Throws `no-such-service`, with the nearest name. */
  require(service: string): void {
    checkServiceNames(this.reference, [service]);
  }

  /** The project for actions on what exists. */
  get reference(): ProjectReference {
    return { name: this.project.name, project: this.project };
  }

  /** The engine's name of a network of the project. Throws `no-such-network`. */
  networkName(key: string): string {
    const { networks } = this.project;
    const network = Object.hasOwn(networks, key) ? networks[key] : undefined;
    if (network !== undefined) return network.name;
    throw new TopsailError('no-such-network', `no such network: ${key}`, {
      origin: 'user',
      details: [`there are ${Object.keys(networks).join(', ') || 'none'}`],
    });
  }

  /** Throws `no-such-network` unless a service is declared to be on a network of the project. */
  requireNetwork(service: string, key: string): void {
    const own = Object.keys(this.project.services[service]?.networks ?? {});
    if (own.includes(key)) return;
    throw new TopsailError('no-such-network', `service "${service}" is not on network ${key}`, {
      origin: 'user',
      details: [`it is on ${own.join(', ') || 'none'}`],
    });
  }

  /** How containers are reached from here. Throws `service-not-running` while nothing of the stack runs. */
  get reach(): Reach {
    if (this.#reach !== undefined) return this.#reach;
    throw new TopsailError('service-not-running', 'nothing of the stack runs', { origin: 'user' });
  }
}
