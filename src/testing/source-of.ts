import { homedir } from 'node:os';
import { dirname, resolve } from 'node:path';
import { type LoadedProject, loadProjectStrictly } from '../compose/load-project-strictly.ts';
import { namedEnvironment } from '../compose/named-environment.ts';
import { isLoaded, isProject, type ProjectSource } from '../library/load.ts';
import type { LoadRequest } from '../loader/load-request.ts';
import type { Project } from '../project/project.ts';
import { createDiskSourceReader } from '../source/disk-source-reader.ts';
import type { ComposeObject } from './stack-shape.ts';
import type { StackOptions } from './up.ts';

/** Where the stack of a test comes from. */
export type StackSource = string | Project | LoadedProject | ComposeObject;

/** The source in the words of the library, with what the test says about it. Throws a ProjectError for an object with faults. */
export async function sourceOf(source: StackSource, options: StackOptions): Promise<ProjectSource> {
  if (typeof source === 'string') return fromFile(source, options);
  if (isLoaded(source) || isProject(source)) return source;
  const request: LoadRequest = {
    workingDirectory: process.cwd(),
    homeDirectory: homedir(),
    ...said(options),
    files: ['-'],
  };
  return loadProjectStrictly(request, createDiskSourceReader({ standardInput: textOf(source) }));
}

function fromFile(file: string, options: StackOptions): ProjectSource {
  const path = resolve(file);
  const more = (options.files ?? []).map((other) => resolve(other));
  return { workingDirectory: dirname(path), ...said(options), files: [path, ...more] };
}

function said({ env, profiles, services }: StackOptions): Omit<LoadRequest, 'workingDirectory'> {
  return {
    environment: namedEnvironment({ ...process.env, ...env }),
    ...(profiles === undefined ? {} : { profiles }),
    ...(services === undefined ? {} : { services }),
  };
}

/** JSON is YAML. */
async function* textOf(compose: ComposeObject): AsyncGenerator<string, void, undefined> {
  yield JSON.stringify(compose);
}
