import type { Display } from './display.ts';
import type { Host } from './host.ts';
import type { Interrupts } from './interrupts.ts';
import type { RootFlags } from './root-flags.ts';

/** One invocation of the command: where it runs, the root flags, how it shows things, and its interrupts. */
export interface Session {
  readonly host: Host;
  readonly flags: RootFlags;
  readonly display: Display;
  readonly interrupts: Interrupts;
}

/** The same invocation with flags of the command that stand for root flags. */
export function withFlags(session: Session, flags: Partial<RootFlags>): Session {
  return { ...session, flags: { ...session.flags, ...flags } };
}
