import type { TopsailError } from '../diagnostics/topsail-error.ts';
import type { ContainerInspect } from '../engine/container.ts';
import { maybeOutOfMemory, outOfMemory } from './container-failures.ts';

/** The exit code of a process that SIGKILL ended. */
const killed = 137;

/** Whether a container with a memory limit was killed and the engine does not say why. */
export function isUnexplainedKill({ State: state, HostConfig: host }: ContainerInspect): boolean {
  return state.ExitCode === killed && !state.OOMKilled && (host.Memory ?? 0) > 0;
}

/** The error of a container that was killed, surely or maybe, for want of memory; undefined for every other end. */
export function killedForMemory(
  inspect: ContainerInspect,
  about: { readonly service: string; readonly name: string; readonly details?: readonly string[] },
): TopsailError | undefined {
  const { service, name, details = [] } = about;
  const limit = inspect.HostConfig.Memory ?? 0;
  const { ExitCode: exitCode } = inspect.State;
  if (inspect.State.OOMKilled) return outOfMemory({ details }, service, name, exitCode, limit);
  return isUnexplainedKill(inspect) ? maybeOutOfMemory({ details }, service, name, exitCode, limit) : undefined;
}
