import type { ComposePorts } from '../compose/ports.ts';
import { TopsailError } from '../diagnostics/topsail-error.ts';
import { awaitCondition } from '../execution/await-condition.ts';
import { createContainerWatches } from '../execution/container-watches.ts';
import { expired, withDeadline } from '../execution/deadline.ts';
import { diagnoseFailure } from '../execution/diagnose-failure.ts';
import type { WaitCondition } from '../plan/operation.ts';
import { type ReadyProbe, readyWords } from '../state/ready-probe.ts';
import type { Replica } from './replica.ts';

/** What to wait for: exactly one of them. */
export type WaitTarget =
  /** A line of the output since the container's start that matches. */
  | { readonly log: RegExp | string }
  /** A port of the container that takes connections. */
  | { readonly tcp: number }
  /** A `GET` that is answered with this status, or with any below 400. */
  | { readonly http: { readonly port: number; readonly path?: string; readonly status?: number } }
  /** The declared health check, or the declared probe from outside. */
  | { readonly healthy: true }
  /** The end of the container, with exit code 0 or with any. */
  | { readonly exit: 0 | 'any' };

/** How long to wait. */
export interface WaitOptions {
  /** Milliseconds; default 60,000. */
  readonly timeout?: number;
  readonly signal?: AbortSignal;
}

const defaultTimeout = 60_000;

/** Waits for one container of a service. Resolves to its exit code after `exit`. Throws as a wait of `up` does, with the reasons. */
export async function waitFor(
  ports: ComposePorts,
  { service, project, replica, declared }: WaitSubject,
  target: WaitTarget,
  { timeout = defaultTimeout, signal = new AbortController().signal }: WaitOptions = {},
): Promise<number | undefined> {
  const watches = createContainerWatches(ports, project, signal);
  const { condition, ready, aim } = readTarget(target, declared);
  try {
    const end = await withDeadline(ports.clock, timeout, signal, (call) =>
      awaitCondition({ ...ports, watches }, { id: replica.id, ready }, condition, call),
    );
    const attempt = watches.lastAttempt(replica.id);
    const about = { service, container: replica.id, name: replica.name, aim, waited: timeout, attempt };
    if (end === expired)
      throw await diagnoseFailure(ports, { ...about, fault: 'timeout', restarts: 0, lastExit: undefined }, signal);
    const { verdict, sight } = end;
    const exitCode = sight.lastExit ?? sight.inspect.State.ExitCode;
    if (verdict.kind === 'met') return 'exit' in target ? exitCode : undefined;
    if ('exit' in target && target.exit === 'any' && verdict.fault === 'job-failed') return exitCode;
    const { restarts, lastExit } = sight;
    throw await diagnoseFailure(ports, { ...about, fault: verdict.fault, restarts, lastExit }, signal);
  } finally {
    await watches.close();
  }
}

/** The container that is waited for. */
export interface WaitSubject {
  readonly project: string;
  readonly service: string;
  readonly replica: Replica;
  /** The probe from outside that its file declares. */
  readonly declared: ReadyProbe | undefined;
}

interface Aim {
  readonly condition: WaitCondition;
  readonly ready: ReadyProbe | undefined;
  readonly aim: string;
}

function readTarget(target: WaitTarget, declared: ReadyProbe | undefined): Aim {
  if ('exit' in target) return { condition: 'completed', ready: undefined, aim: 'to its end' };
  if ('healthy' in target) return { condition: 'healthy', ready: declared, aim: 'healthy' };
  const ready = probeOf(target);
  return { condition: 'healthy', ready, aim: `so far that ${readyWords(ready)}` };
}

function probeOf(target: Exclude<WaitTarget, { readonly exit: unknown } | { readonly healthy: unknown }>): ReadyProbe {
  if ('tcp' in target) return { kind: 'tcp', port: target.tcp };
  if ('http' in target) {
    const { port, path = '/', status } = target.http;
    return { kind: 'http', port, path, status };
  }
  if ('log' in target) {
    const { log } = target;
    if (typeof log === 'string') return { kind: 'log', pattern: escapePattern(log) };
    // Each line is tried once, from its beginning.
    return { kind: 'log', pattern: log.source, flags: log.flags.replaceAll(/[gy]/g, '') };
  }
  throw new TopsailError('invalid-wait', 'waitFor needs one of log, tcp, http, healthy and exit', { origin: 'user' });
}

/** A text stands for itself. */
function escapePattern(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
}
