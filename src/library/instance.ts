import { readFile } from 'node:fs/promises';
import { type Endpoint, endpoints as listEndpoints } from '../compose/endpoints.ts';
import type { LoadedProject } from '../compose/load-project-strictly.ts';
import { copyLoaded } from '../instances/copy-loaded.ts';
import { freshInstanceName } from '../instances/fresh-name.ts';
import { type ExistingProject, isLoaded, isProject, load, loaded, type ProjectSource, refer } from './load.ts';
import { type CallChoice, signalOf, withEngine } from './open-engine.ts';

/** Which copy of a project is wanted. */
export interface InstanceOptions {
  /**
   * Its name. Default `auto`: that of the git worktree and branch if the file says `x-topsail: {instances: worktree}`, else a
   * new one each time.
   */
  readonly name?: string;
  /** Whether it lives as long as somebody holds a lease on it. Default false: until it is taken down. */
  readonly leased?: boolean;
  /** `strict` refuses what it would share with other copies, when it is brought up. Default: what the file says, else `warn`. */
  readonly isolate?: 'warn' | 'strict';
}

/**
 * A copy of a project that runs beside it and beside other copies: its `project` goes to `up`, `down`, `ps` and all the rest. A
 * leased copy always has a new name unless one is given. Throws as {@link load}.
 */
export async function instance(source: ProjectSource, options: InstanceOptions = {}): Promise<LoadedProject> {
  const { name = options.leased === true ? freshInstanceName() : 'auto', ...rest } = options;
  return copyLoaded<LoadedProject>(await written(source), {
    ...rest,
    name,
    read: (path) => readFile(path, 'utf8').catch(() => undefined),
    ...(typeof source === 'string' || !(isProject(source) || isLoaded(source))
      ? { reload: (projectName: string) => load(source, projectName) }
      : {}),
  });
}

/** Where the published ports of a project's running containers are reached, by service, port and replica. Throws EngineError. */
export async function endpoints(source: ExistingProject, options: CallChoice = {}): Promise<readonly Endpoint[]> {
  const reference = await refer(source);
  return withEngine(options, (ports) => listEndpoints(ports, reference, signalOf(options)));
}

/** A project that comes from no text has no places in one. */
async function written(source: ProjectSource): Promise<LoadedProject> {
  const { project, written: text } = await loaded(source);
  return text ?? { project, warnings: [], sources: new Map(), locate: () => undefined };
}
