import type { ObservedContainer } from '../state/observed-state.ts';

/** Whether a container has to be stopped before it can be removed. */
export function isAlive(container: ObservedContainer): boolean {
  return container.status === 'running' || container.status === 'paused' || container.status === 'restarting';
}

/** Whether `run` made it and it has ended. */
export function isFinishedOneOff(container: ObservedContainer): boolean {
  return container.oneOff && (container.status === 'exited' || container.status === 'dead');
}

/** The mark of a name that was meant to last only until a rename. */
const TEMPORARY_NAME = /^[0-9a-f]{12}_/;

/** Whether a recreate was interrupted between its create and its rename. */
export function hasTemporaryName(container: ObservedContainer): boolean {
  return TEMPORARY_NAME.test(container.name);
}

/** The name a replacement is created under while the old container lives. */
export function temporaryName(old: ObservedContainer, name: string): string {
  return `${old.id.slice(0, 12)}_${name}`;
}
