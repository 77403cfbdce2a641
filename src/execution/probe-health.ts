import type { Clock } from '../engine/clock.ts';
import type { Engine, ExecSession } from '../engine/engine.ts';
import { isEngineError } from '../engine/engine-error.ts';
import { expired, withDeadline } from './deadline.ts';
import { isConnectionFault } from './engine-liveness.ts';
import type { HealthCheck } from './health-check.ts';
import { nextProbeDelay } from './probe-pace.ts';
import type { Slots } from './slots.ts';

/** What one of our own executions of a declared check came to. Times are milliseconds since the epoch. */
export interface ProbeResult {
  /** Undefined if it did not end within the check's timeout. */
  readonly exitCode: number | undefined;
  /** The last part of what it wrote. */
  readonly output: string;
  readonly startedAt: number;
  readonly endedAt: number;
}

/** The current start of one container, and how it wants to be checked. */
export interface ProbeSubject {
  readonly id: string;
  readonly image: string;
  readonly check: HealthCheck;
  /** Whether a probe that hangs forbids further ones: its process cannot be killed and goes on in the container. */
  readonly stopAtHang: boolean;
}

const outputLimit = 4096;

/** A probe that takes longer than so many milliseconds only waits for something; it keeps no place from the others. */
const busyTime = 1000;

/**
 * Executes a container's declared check at once and then again and again, one at a time, until one succeeds, the container does
 * not take commands any more, or the signal is aborted. Tells every result. Never rejects for what a check or an exec does; the
 * answer is whether a lost connection ended it.
 */
export async function probeHealth(
  ports: ProbePorts,
  subject: ProbeSubject,
  tell: (result: ProbeResult) => void,
  signal: AbortSignal,
): Promise<boolean> {
  const { clock, engine } = ports;
  const { check } = subject;
  try {
    const words = await commandWords(engine, subject, signal);
    const begun = clock.now();
    for (let probes = 1; ; probes += 1) {
      const result = await probeInTurn(ports, subject, words, signal);
      signal.throwIfAborted();
      tell(result);
      if (result.exitCode === 0 || (result.exitCode === undefined && subject.stopAtHang)) return false;
      const duration = result.endedAt - result.startedAt;
      await clock.sleep(
        nextProbeDelay({ probes, duration, age: result.endedAt - begun, interval: check.interval }),
        signal,
      );
    }
  } catch (error) {
    if (!signal.aborted && !isEngineError(error)) throw error;
    return !signal.aborted && isConnectionFault(error);
  }
}

async function commandWords(
  engine: Engine,
  { check, image }: ProbeSubject,
  signal: AbortSignal,
): Promise<readonly string[]> {
  if (check.command.kind === 'command') return check.command.words;
  return [...(await shellOf(engine, image, signal)), check.command.text];
}

async function shellOf(engine: Engine, image: string, signal: AbortSignal): Promise<readonly string[]> {
  try {
    const { Config: config, Os: system } = await engine.images.inspect(image, { signal });
    if (config?.Shell !== undefined && config.Shell !== null && config.Shell.length > 0) return config.Shell;
    if (system === 'windows') return ['cmd', '/S', '/C'];
  } catch (error) {
    if (!isEngineError(error, 'not-found')) throw error;
  }
  return ['/bin/sh', '-c'];
}

interface ProbePorts {
  readonly engine: Engine;
  readonly clock: Clock;
  readonly slots: Slots;
}

async function probeInTurn(
  ports: ProbePorts,
  subject: ProbeSubject,
  words: readonly string[],
  signal: AbortSignal,
): Promise<ProbeResult> {
  const probe = await ports.slots.run(signal, async () => {
    const running = probeOnce(ports, subject, words, signal);
    await withDeadline(ports.clock, busyTime, signal, () => running);
    return { running };
  });
  return probe.running;
}

async function probeOnce(
  { engine, clock }: ProbePorts,
  { id, check }: ProbeSubject,
  words: readonly string[],
  signal: AbortSignal,
): Promise<ProbeResult> {
  const startedAt = clock.now();
  let output = '';
  const opened: ExecSession[] = [];
  try {
    const exitCode = await withDeadline(clock, check.timeout, signal, async (call) => {
      const session = await engine.containers.exec(id, { Cmd: words }, { signal: call });
      opened.push(session);
      // An exec is a connection of its own that an abort does not end.
      if (call.aborted) session.close();
      else call.addEventListener('abort', () => session.close(), { once: true });
      const decoder = new TextDecoder();
      for await (const { data } of session.output)
        output = (output + decoder.decode(data, { stream: true })).slice(-outputLimit);
      return session.exitCode({ signal: call });
    });
    return { exitCode: exitCode === expired ? undefined : exitCode, output, startedAt, endedAt: clock.now() };
  } catch (error) {
    if (signal.aborted || !isEngineError(error, 'bad-request', 'server')) throw error;
    return { exitCode: notExecutable, output: error.message, startedAt, endedAt: clock.now() };
  } finally {
    for (const session of opened) session.close();
  }
}

/** What a shell answers for a command that it cannot run. */
const notExecutable = 126;
