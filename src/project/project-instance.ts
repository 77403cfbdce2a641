import type { Named } from './project.ts';

/** Which copy of a project this is: several copies of one project run side by side on an engine. */
export interface ProjectInstance {
  /** Name of the copy among those of its project, such as `feature-x`. */
  readonly name: string;
  /** Name of the project it is a copy of. */
  readonly of: string;
  /** Whether it lives as long as somebody holds a lease on it; else until it is taken down. */
  readonly leased: boolean;
  /** Whether what it would share with other copies is told or refused. */
  readonly isolate: 'warn' | 'strict';
  /** A folder that it has for itself, such as its git worktree; what it writes there is not shared. */
  readonly privateFolder?: string;
}

/** Host ports that were assigned while planning: by service, what the file publishes (see `portKey`) and its first port. */
export type AssignedPorts = Named<Named<number>>;
