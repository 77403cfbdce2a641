import { push } from '../../compose/push.ts';
import type { PushFlags } from '../commands/push.ts';
import type { Session } from '../session.ts';
import { moveImages } from './move-images.ts';

/** Pushes what the services build. */
export function runPush(session: Session, services: readonly string[], flags: PushFlags): Promise<number> {
  return moveImages(session, 'push', services, flags, (ports, project, options) =>
    push(ports, project, { ...options, ignoreFailures: flags.ignorePushFailures === true }),
  );
}
