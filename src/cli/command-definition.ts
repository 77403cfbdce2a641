import type { Command } from 'commander';
import type { Session } from './session.ts';

/** Carries a command out and gives its exit code. Heavy modules are imported in here, not above. */
export type RunCommand = (session: Session) => Promise<number>;

/** One subcommand: its flags, and what runs once they are read. */
export interface CommandDefinition {
  readonly name: string;
  /** Its flags end at its first argument; what follows belongs to the command that it runs, as with `exec`. */
  readonly endsFlagsAtArgument?: true;
  /** Arguments behind those that it takes are left out, as Docker Compose does. */
  readonly ignoresSurplus?: true;
  /** Declares arguments and flags and calls `run` from the action. */
  readonly define: (command: Command, run: (body: RunCommand) => Promise<void>) => void;
}
