import { pause, unpause } from '../../compose/pause.ts';
import { exitCode } from '../exit-code.ts';
import type { Session } from '../session.ts';
import { actOnProject } from './act-on-project.ts';

/** Freezes running containers. */
export async function runPause(session: Session, services: readonly string[]): Promise<number> {
  await actOnProject(session, 'pause', services, pause);
  return exitCode.success;
}

/** Lets paused containers go on. */
export async function runUnpause(session: Session, services: readonly string[]): Promise<number> {
  await actOnProject(session, 'unpause', services, unpause);
  return exitCode.success;
}
