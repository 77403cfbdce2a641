import { stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, resolve } from 'node:path';
import { type LoadedProject, loadProjectStrictly } from '../compose/load-project-strictly.ts';
import { namedEnvironment } from '../compose/named-environment.ts';
import type { ProjectReference } from '../compose/project-reference.ts';
import type { LoadRequest } from '../loader/load-request.ts';
import type { Project } from '../project/project.ts';
import { createDiskSourceReader } from '../source/disk-source-reader.ts';

/** What to load in the words of {@link LoadRequest}; the process's directory, environment and home are the defaults. */
export type LoadOptions = Partial<LoadRequest>;

/**
 * Where a project comes from: the path of a compose file or of the folder it is in, what to load, or a project that is
 * loaded already.
 */
export type ProjectSource = string | LoadOptions | Project | LoadedProject;

/** A project of which containers may exist: also by its name alone, without any file. */
export type ExistingProject = ProjectSource | { readonly name: string };

/**
 * Loads a project, under another name if one is given. Throws a ProjectError with every finding if there is an error among them.
 */
export async function load(source: string | LoadOptions, projectName?: string): Promise<LoadedProject> {
  const options = typeof source === 'string' ? await optionsOfPath(source) : source;
  const request: LoadRequest = {
    workingDirectory: process.cwd(),
    environment: namedEnvironment(process.env),
    homeDirectory: homedir(),
    ...options,
    ...(projectName === undefined ? {} : { projectName }),
  };
  return loadProjectStrictly(request, createDiskSourceReader({ standardInput: process.stdin }));
}

/** Loads what is not loaded yet. Throws as {@link load}. */
export async function loaded(
  source: ProjectSource,
): Promise<{ readonly project: Project; readonly written?: LoadedProject }> {
  if (typeof source !== 'string') {
    if (isProject(source)) return { project: source };
    if (isLoaded(source)) return { project: source.project, written: source };
  }
  const written = await load(source);
  return { project: written.project, written };
}

/** What is known of a project that may exist; a name alone needs no file. Throws as {@link load}. */
export async function refer(source: ExistingProject): Promise<ProjectReference> {
  if (typeof source !== 'string' && 'name' in source && !isProject(source)) {
    return { name: source.name, project: undefined };
  }
  const { project } = await loaded(source);
  return { name: project.name, project };
}

/** Whether a source is a project itself. */
export function isProject(source: object): source is Project {
  return 'services' in source && 'origin' in source;
}

/** Whether a source is a project with what it was loaded from. */
export function isLoaded(source: object): source is LoadedProject {
  return 'project' in source && 'locate' in source;
}

/** A folder is searched as `topsail` would from inside it; a file is taken as it is. */
async function optionsOfPath(path: string): Promise<LoadOptions> {
  const absolute = resolve(path);
  const found = await stat(absolute).catch(() => undefined);
  if (found?.isDirectory() === true) return { workingDirectory: absolute };
  return { workingDirectory: dirname(absolute), files: [absolute] };
}
