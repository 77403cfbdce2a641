import type { Clock } from '../engine/clock.ts';
import type { Engine } from '../engine/engine.ts';
import type { LogSource } from '../events/event.ts';
import { type ContainerLife, createContainerLife } from './container-life.ts';
import { lookAtRun } from './container-run.ts';
import { type FollowedContainer, followContainer } from './follow-container.ts';
import type { LogLine } from './log-line.ts';
import type { LiveMerge } from './merge-live.ts';
import type { LogPart } from './read-log.ts';

/** What followers work with. */
export interface FollowerPorts {
  readonly engine: Engine;
  readonly clock: Clock;
  readonly warn: (text: string) => void;
  readonly signal: AbortSignal;
}

/** All containers may be gone for so many milliseconds, as in a restart, before following ends. */
const graceTime = 500;

/** The containers whose logs are followed. Ends the merge of their logs when none of them lives any more. */
export class Followers {
  readonly #ports: FollowerPorts;
  readonly #merge: LiveMerge;
  readonly #holdOpen: AbortSignal | undefined;
  readonly #lives = new Map<string, ContainerLife>();
  readonly #alive = new Set<string>();
  readonly #closed = new AbortController();
  readonly #placing: Promise<void>[] = [];
  #hasBegun = false;
  #everLived = false;

  /** While `holdOpen` is not aborted nothing ends. */
  constructor(ports: FollowerPorts, merge: LiveMerge, holdOpen: AbortSignal | undefined) {
    this.#ports = ports;
    this.#merge = merge;
    this.#holdOpen = holdOpen;
    holdOpen?.addEventListener('abort', () => this.#considerEnd(), { signal: this.#closed.signal });
  }

  /** Follows a container that is there; nothing happens if it is followed already. */
  add(container: FollowedContainer, part: LogPart): void {
    if (this.#lives.has(container.id)) return;
    this.#everLived ||= container.run.lives;
    const life = this.#begin(container.id);
    let placed = (): void => undefined;
    this.#placing.push(
      new Promise((resolve) => {
        placed = resolve;
      }),
    );
    const ports = { ...this.#portsOf(container.id), placed };
    this.#read(life, (signal) => followContainer(ports, container, life, part, signal));
  }

  /** Resolves when every container that was added knows where its lines begin, so that no later line counts as an old one. */
  async placed(): Promise<void> {
    await Promise.all(this.#placing.splice(0));
  }

  /** Follows a container that has just started, from its first line. */
  discover(id: string, source: LogSource): void {
    this.#everLived = true;
    const life = this.#begin(id);
    const ports = { ...this.#portsOf(id), placed: (): void => undefined };
    const { engine } = this.#ports;
    const lines = async function* (signal: AbortSignal): AsyncGenerator<LogLine, void, undefined> {
      const run = await lookAtRun(engine, id, signal);
      if (run === undefined) ports.alive(false);
      else yield* followContainer(ports, { id, source, run, tty: run.tty }, life, {}, signal);
    };
    this.#read(life, lines);
  }

  /** All containers that were there are added: from now on following may end. */
  begun(): void {
    this.#hasBegun = true;
    this.#considerEnd();
  }

  /** Tells a container's follower that there was an event, with its time if it was the end of a run; false if it is not followed. */
  stir(id: string, end?: string): boolean {
    this.#lives.get(id)?.stir(end);
    return this.#lives.has(id);
  }

  /** Events may have been missed. */
  stirAll(): void {
    for (const life of this.#lives.values()) life.stir();
  }

  /** Ends everything at once. */
  close(): void {
    this.#closed.abort();
    for (const life of this.#lives.values()) life.close();
    this.#merge.seal();
  }

  /** Who waits for the next run of a container hears that nobody reads any more by the end of its life. */
  #read(life: ContainerLife, lines: (signal: AbortSignal) => AsyncIterable<LogLine>): void {
    this.#merge.add((signal) => {
      if (signal.aborted) life.close();
      else signal.addEventListener('abort', () => life.close(), { once: true });
      return lines(signal);
    });
  }

  #begin(id: string): ContainerLife {
    const life = createContainerLife();
    this.#lives.set(id, life);
    this.#alive.add(id);
    return life;
  }

  #portsOf(id: string): FollowerPorts & { readonly alive: (lives: boolean) => void } {
    const alive = (lives: boolean): void => {
      if (lives) this.#alive.add(id);
      else if (this.#alive.delete(id)) this.#considerEnd();
    };
    return { ...this.#ports, alive };
  }

  #considerEnd(): void {
    if (!this.#mayEnd()) return;
    if (!this.#everLived) {
      this.close();
      return;
    }
    this.#ports.clock.sleep(graceTime, this.#closed.signal).then(
      () => {
        if (this.#mayEnd()) this.close();
      },
      () => undefined,
    );
  }

  #mayEnd(): boolean {
    return this.#hasBegun && this.#alive.size === 0 && this.#holdOpen?.aborted !== false;
  }
}
