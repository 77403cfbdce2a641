import { TopsailError } from '../diagnostics/topsail-error.ts';
import type { ContainerInspect } from '../engine/container.ts';
import { attachContainer } from './attach-container.ts';
import type { InteractiveProcess } from './interactive-process.ts';
import type { ComposePorts } from './ports.ts';
import { serviceContainer } from './service-container.ts';

/** What `attach` may be told. */
export interface AttachOptions {
  readonly service: string;
  /** Replica number; 0, the default, is the lowest one that runs. */
  readonly index?: number;
  /** Whether the container's input is wanted, if it has one open. */
  readonly input?: boolean;
  /** Keys that end the session and leave the container running. Default: the engine's own, `ctrl-p,ctrl-q`. */
  readonly detachKeys?: string;
  /** Ends the session; the container runs on. */
  readonly signal?: AbortSignal;
}

/** A running container with which someone talks. */
export interface AttachedContainer extends InteractiveProcess {
  readonly id: string;
  /** Whether what is written goes to it. */
  readonly input: boolean;
}

/** Attaches to a running container of a service. Throws `service-not-running`, `cannot-attach` and EngineError. */
export async function attach(ports: ComposePorts, project: string, options: AttachOptions): Promise<AttachedContainer> {
  const { detachKeys, signal } = options;
  const call = signal === undefined ? {} : { signal };
  const { id } = await serviceContainer(ports, project, options);
  const { Config, State } = await ports.engine.containers.inspect(id, call);
  requireAttachable(State);
  const input = options.input === true && Config.OpenStdin === true;
  const process = await attachContainer(ports, id, {
    ...call,
    terminal: Config.Tty === true,
    input,
    started: true,
    ...(detachKeys === undefined ? {} : { detachKeys }),
  });
  try {
    // An engine lets whoever attaches too late wait for the next start.
    requireAttachable((await ports.engine.containers.inspect(id, call)).State);
  } catch (error) {
    process.close();
    throw error;
  }
  // An engine takes the end of an input that stays open for others as the end of the session, and output would be lost.
  return { ...process, end: () => (Config.StdinOnce === true ? process.end() : Promise.resolve()), id, input };
}

/** An engine says of paused containers only that it cannot, and of others nothing. */
function requireAttachable({ Running, Paused, Restarting }: ContainerInspect['State']): void {
  const refuse = (state: string, remedy: string): TopsailError =>
    new TopsailError('cannot-attach', `You cannot attach to a ${state} container, ${remedy}`);
  if (Paused) throw refuse('paused', 'unpause it first');
  if (Restarting) throw refuse('restarting', 'wait until it is running');
  if (!Running) throw refuse('stopped', 'start it first');
}
