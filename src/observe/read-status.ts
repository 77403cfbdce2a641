import type { ContainerStatus } from '../engine/container.ts';
import type { ObservedContainer } from '../state/observed-state.ts';

/**
 * Health in the words of a list row: Docker writes `(health: starting)`, Podman `(starting)`. A container that does not
 * run has no health to speak of.
 */
export function readHealth(status: ContainerStatus, words: string): ObservedContainer['health'] {
  if (status !== 'running' && status !== 'paused') return 'none';
  const word = /\((?:health: )?(?<health>starting|healthy|unhealthy)\)/.exec(words)?.groups?.['health'];
  return word === 'starting' || word === 'healthy' || word === 'unhealthy' ? word : 'none';
}

/** The exit code in words such as `Exited (3) 2 hours ago`; undefined if the row speaks of none. */
export function readExitCode(words: string): number | undefined {
  const code = /^(?:Exited|Restarting) \((?<code>-?\d+)\)/.exec(words)?.groups?.['code'];
  return code === undefined ? undefined : Number(code);
}
