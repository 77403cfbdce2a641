import type { Session } from './session.ts';

/** The same invocation without progress, as `--quiet` asks for; errors are still told. */
export function quietly(session: Session): Session {
  return { ...session, display: { ...session.display, format: 'quiet' } };
}
