import { logs } from '../compose/logs.ts';
import type { LogLine } from '../follow/log-line.ts';
import type { Project } from '../project/project.ts';
import type { BegunStack } from './begin-stack.ts';
import { Checkpoints } from './checkpoint/checkpoints.ts';
import { Faults } from './faults/faults.ts';
import { partition } from './faults/partition.ts';
import { saveArtefacts } from './save-artefacts.ts';
import { type ActOptions, ServiceHandle } from './service-handle.ts';
import type { PortOf, ServiceName, StackShape } from './stack-shape.ts';
import type { StackState } from './stack-state.ts';
import { withWholeDiagnosis } from './whole-diagnosis.ts';

/** A running stack. It ends with the block that it is declared in: `await using stack = await up('compose.yaml')`. */
export class Stack<Shape extends StackShape = StackShape> implements AsyncDisposable {
  readonly #state: StackState;
  readonly #faults = new Faults();
  readonly #checkpoints: Checkpoints;
  readonly #begun: Pick<BegunStack, 'isShared' | 'end'>;
  #ending: Promise<void> | undefined;

  /** Made by `up`. `begun.end` takes it down, or gives up a part in a shared one. */
  constructor(state: StackState, begun: Pick<BegunStack, 'isShared' | 'end'>) {
    this.#state = state;
    this.#checkpoints = new Checkpoints(state);
    this.#begun = begun;
  }

  /** Its project name on the engine. */
  get name(): string {
    return this.#state.project.name;
  }

  /** The project as it runs. */
  get project(): Project {
    return this.#state.project;
  }

  /** The names of its services. */
  get services(): readonly ServiceName<Shape>[] {
    return Object.keys(this.#state.project.services);
  }

  /** A service by its name. Throws `no-such-service`, with the nearest name. */
  service<Name extends ServiceName<Shape>>(name: Name): ServiceHandle<PortOf<Shape, Name>> {
    return new ServiceHandle(this.#state, this.#faults, name);
  }

  /** What all its containers wrote, in the order of time; with `follow` until they have ended. */
  logs(options: ActOptions & { readonly follow?: boolean; readonly tail?: string } = {}): AsyncIterable<LogLine> {
    return logs(this.#state.ports, this.#state.reference, options);
  }

  /** Keeps two groups of services from reaching each other, while both still reach all others. */
  async partition(
    one: readonly ServiceName<Shape>[],
    other: readonly ServiceName<Shape>[],
    { signal = new AbortController().signal }: ActOptions = {},
  ): Promise<void> {
    const replicasOf = (names: readonly string[]) => names.flatMap((name) => this.#state.replicasOf(name));
    const request = {
      project: this.project,
      hostNetwork: this.#state.options.hostNetwork,
      one: replicasOf(one),
      other: replicasOf(other),
      all: replicasOf(this.services),
    };
    const fault = `partition ${one.join(',')} ${other.join(',')}`;
    if (this.#faults.has(fault)) return;
    await this.#faults.bring(fault, () => partition(this.#state.ports, request, signal));
    await this.#state.look(signal);
  }

  /** Undoes every fault that was brought in and not undone yet. */
  async heal({ signal = new AbortController().signal }: ActOptions = {}): Promise<void> {
    await this.#faults.heal(signal);
    await this.#state.look(signal);
  }

  /** Keeps the content of its volumes under a name. Services that use them are stopped in the meantime. */
  async checkpoint(name: string, { signal = new AbortController().signal }: ActOptions = {}): Promise<void> {
    await withWholeDiagnosis(() => this.#checkpoints.checkpoint(name, signal));
    await this.#state.look(signal);
  }

  /** Brings its volumes back to what they held at a checkpoint; services that use them are restarted. Throws `no-such-checkpoint`. */
  async reset(name: string, { signal = new AbortController().signal }: ActOptions = {}): Promise<void> {
    await withWholeDiagnosis(() => this.#checkpoints.reset(name, signal));
    await this.#state.look(signal);
  }

  /** Where the published ports of its services answer from here, as `HOST:PORT`, by service and port of the container. */
  endpoints(): Readonly<Record<string, Readonly<Record<string, string>>>> {
    return Object.fromEntries(this.services.map((name) => [name, this.#publishedOf(name)]));
  }

  #publishedOf(service: string): Readonly<Record<string, string>> {
    const [first] = this.#state.replicasOf(service);
    const published = Object.entries(first?.inspect.NetworkSettings.Ports ?? {}).filter(
      ([port, bindings]) => port.endsWith('/tcp') && (bindings ?? []).length > 0,
    );
    const handle = new ServiceHandle(this.#state, this.#faults, service);
    return Object.fromEntries(
      published.map(([port]) => {
        const { host, port: number } = handle.endpoint(Number.parseInt(port, 10));
        return [Number.parseInt(port, 10), `${host.includes(':') ? `[${host}]` : host}:${number}`];
      }),
    );
  }

  /** Writes the logs and the state of its containers into a folder, and gives it. Environments are left out. */
  saveArtefacts(folder: string, { signal = new AbortController().signal }: ActOptions = {}): Promise<string> {
    return saveArtefacts(this.#state, folder, signal);
  }

  /** Takes it down with everything of it; of a shared stack only the last holder does. Safe to call twice. */
  down(): Promise<void> {
    this.#ending ??= this.#leave();
    return this.#ending;
  }

  /** Whoever goes on with a shared stack finds no faults in it; what is removed needs no healing. */
  async #leave(): Promise<void> {
    const { isShared, end } = this.#begun;
    try {
      if (isShared) await this.#faults.heal(new AbortController().signal);
    } finally {
      await end();
    }
  }

  /** As {@link Stack.down}. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.down();
  }
}
