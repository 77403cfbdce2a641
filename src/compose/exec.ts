import type { ExecRequest } from '../engine/engine.ts';
import type { InteractiveProcess, TerminalSize } from './interactive-process.ts';
import type { ComposePorts } from './ports.ts';
import { serviceContainer } from './service-container.ts';

/** What `exec` may be told. */
export interface ExecOptions {
  readonly service: string;
  readonly command: readonly string[];
  /** Replica number; 0, the default, is the lowest one that runs. */
  readonly index?: number;
  readonly user?: string;
  readonly workingDirectory?: string;
  /** `KEY=VALUE`. */
  readonly environment?: readonly string[];
  readonly privileged?: boolean;
  /** Whether the process gets a terminal. */
  readonly terminal?: boolean;
  /** The size the terminal has at first. */
  readonly size?: TerminalSize;
  /** Whether the process gets an input. */
  readonly input?: boolean;
  /** Keys that end the session and leave the process running. Default: the engine's own, `ctrl-p,ctrl-q`. */
  readonly detachKeys?: string;
  /** Ends the session; the process may go on. */
  readonly signal?: AbortSignal;
}

/** Starts a process in a running container of a service. Throws `service-not-running` and EngineError. */
export async function exec(ports: ComposePorts, project: string, options: ExecOptions): Promise<InteractiveProcess> {
  const { id } = await serviceContainer(ports, project, options);
  const call = callOf(options);
  const session = await ports.engine.containers.exec(id, execRequest(options), call);
  return { ...session, terminal: options.terminal === true, exitCode: () => session.exitCode(call) };
}

/** Starts a process and leaves it to itself. Throws as {@link exec}. */
export async function execDetached(ports: ComposePorts, project: string, options: ExecOptions): Promise<void> {
  const { id } = await serviceContainer(ports, project, options);
  await ports.engine.containers.execDetached(id, execRequest({ ...options, input: false }), callOf(options));
}

function callOf({ signal }: ExecOptions): { readonly signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}

function execRequest(options: ExecOptions): ExecRequest {
  const { user, workingDirectory, environment = [], size, detachKeys } = options;
  return {
    Cmd: options.command,
    Tty: options.terminal === true,
    AttachStdin: options.input === true,
    ...(options.privileged === true ? { Privileged: true } : {}),
    ...(user === undefined ? {} : { User: user }),
    ...(workingDirectory === undefined ? {} : { WorkingDir: workingDirectory }),
    ...(environment.length === 0 ? {} : { Env: environment }),
    ...(size === undefined ? {} : { ConsoleSize: [size.rows, size.columns] }),
    ...(detachKeys === undefined ? {} : { DetachKeys: detachKeys }),
  };
}
