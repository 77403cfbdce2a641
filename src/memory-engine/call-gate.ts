import type { CallOptions } from '../engine/engine.ts';
import { EngineError } from '../engine/engine-error.ts';

/** The name of a call as `room.call`, such as `containers.create`, or `events`, `information`. */
export type CallName = string;

/** One call the engine received. */
export interface RecordedCall {
  readonly name: CallName;
  /** Whether it changes anything on the engine. */
  readonly kind: 'read' | 'write';
  /** Name of the container, network or volume, or the image reference; empty when there is none. */
  readonly subject: string;
  /** The other arguments as passed: request bodies and queries. */
  readonly details: unknown;
}

/** Which calls: by name, by name and subject (`containers.start web-1`), or by a rule. */
export type CallMatch = string | ((call: RecordedCall) => boolean);

/** Calls that wait until the test lets them go on. */
export interface HeldCalls {
  /** Those that wait now, in order of arrival. */
  readonly waiting: readonly RecordedCall[];
  /** Resolves when at least that many calls (default 1) have arrived since the hold began, released ones included. */
  arrived(count?: number): Promise<void>;
  /** Lets the first waiting call go on. Throws if none waits. */
  releaseOne(): void;
  /** Lets all go on and holds no further ones. */
  release(): void;
  /** Fails all that wait with this error and holds no further ones. */
  fail(error: Error): void;
}

interface Waiting {
  readonly call: RecordedCall;
  readonly proceed: () => void;
  readonly reject: (error: Error) => void;
}

interface Hold {
  readonly matches: (call: RecordedCall) => boolean;
  readonly phase: 'before' | 'after';
  readonly waiting: Waiting[];
  arrivals: number;
  readonly listeners: Set<() => void>;
}

interface Failure {
  readonly matches: (call: RecordedCall) => boolean;
  readonly error: Error;
  remaining: number;
}

/** Every call passes here: it is recorded, then perhaps held or failed by the test. */
export class CallGate {
  readonly calls: RecordedCall[] = [];
  readonly #holds = new Set<Hold>();
  readonly #failures: Failure[] = [];

  /** Records the call, waits while it is held, then has its effect. The effect itself is synchronous, as one engine transaction is. */
  async pass<Result>(call: RecordedCall, options: CallOptions | undefined, effect: () => Result): Promise<Result> {
    throwIfAborted(options?.signal);
    this.calls.push(call);
    await this.#wait(call, 'before', options?.signal);
    this.#failIfAsked(call);
    const result = effect();
    await this.#wait(call, 'after', options?.signal);
    return result;
  }

  /** Holds calls from now on: before their effect, or with the effect done and only the answer missing. */
  hold(match: CallMatch, phase: 'before' | 'after'): HeldCalls {
    const hold: Hold = { matches: matcher(match), phase, waiting: [], arrivals: 0, listeners: new Set() };
    this.#holds.add(hold);
    const end = (settle: (waiting: Waiting) => void): void => {
      this.#holds.delete(hold);
      hold.waiting.splice(0).forEach(settle);
    };
    return {
      get waiting(): readonly RecordedCall[] {
        return hold.waiting.map((waiting) => waiting.call);
      },
      arrived: (count = 1) => arrived(hold, count),
      releaseOne: () => {
        const first = hold.waiting.shift();
        if (first === undefined) throw new TypeError('no call is waiting');
        first.proceed();
      },
      release: () => end((waiting) => waiting.proceed()),
      fail: (error) => end((waiting) => waiting.reject(error)),
    };
  }

  /** The next calls that match fail without any effect. */
  fail(match: CallMatch, error: Error, times: number): void {
    this.#failures.push({ matches: matcher(match), error, remaining: times });
  }

  #failIfAsked(call: RecordedCall): void {
    const failure = this.#failures.find((candidate) => candidate.remaining > 0 && candidate.matches(call));
    if (failure === undefined) return;
    failure.remaining -= 1;
    throw failure.error;
  }

  async #wait(call: RecordedCall, phase: 'before' | 'after', signal: AbortSignal | undefined): Promise<void> {
    const hold = [...this.#holds].find((candidate) => candidate.phase === phase && candidate.matches(call));
    // Even a free call takes a turn of the event loop, so that nobody relies on an engine that answers at once.
    await (hold === undefined ? Promise.resolve() : held(hold, call, signal));
    throwIfAborted(signal);
  }
}

/** Throws the aborted EngineError if the signal is aborted. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw abortedError(signal);
}

/** The error of a call whose signal was aborted. */
export function abortedError(signal: AbortSignal): EngineError {
  return new EngineError('aborted', 'the call was aborted', { cause: signal.reason });
}

function held(hold: Hold, call: RecordedCall, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = (): void => signal?.removeEventListener('abort', onAbort);
    const onAbort = (): void => {
      hold.waiting.splice(hold.waiting.indexOf(waiting), 1);
      resolve();
    };
    const waiting: Waiting = {
      call,
      proceed: () => {
        leave();
        resolve();
      },
      reject: (error) => {
        leave();
        reject(error);
      },
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    hold.waiting.push(waiting);
    hold.arrivals += 1;
    for (const listener of [...hold.listeners]) listener();
  });
}

function arrived(hold: Hold, count: number): Promise<void> {
  if (hold.arrivals >= count) return Promise.resolve();
  return new Promise((resolve) => {
    const listener = (): void => {
      if (hold.arrivals < count) return;
      hold.listeners.delete(listener);
      resolve();
    };
    hold.listeners.add(listener);
  });
}

function matcher(match: CallMatch): (call: RecordedCall) => boolean {
  if (typeof match === 'function') return match;
  return (call) => match === call.name || match === callText(call);
}

/** A call in one line: its name and subject. */
export function callText(call: RecordedCall): string {
  return call.subject === '' ? call.name : `${call.name} ${call.subject}`;
}
