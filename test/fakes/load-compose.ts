import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { loadProject } from '../../src/loader/load-project.ts';
import type { LoadRequest, LoadResult } from '../../src/loader/load-request.ts';
import type { Project } from '../../src/project/project.ts';
import type { Service } from '../../src/project/service.ts';
import { type MemoryFilesOptions, memorySourceReader } from './memory-source-reader.ts';

/** Files by path relative to the project folder `/code/proj`. */
export type ComposeFiles = string | Readonly<Record<string, string>>;

/** What a load of files in memory is told. */
export interface LoadComposeOptions extends MemoryFilesOptions {
  readonly request?: Partial<LoadRequest>;
}

/** Absolute paths of {@link ComposeFiles}; a lone text is `compose.yaml`. */
export function projectFiles(files: ComposeFiles): Readonly<Record<string, string>> {
  if (typeof files === 'string') return { '/code/proj/compose.yaml': files };
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => [path.startsWith('/') ? path : `/code/proj/${path}`, text]),
  );
}

/** Loads files in memory, in the project folder `/code/proj`, with no environment but what is given. */
export function loadCompose(files: ComposeFiles, options: LoadComposeOptions = {}): Promise<LoadResult> {
  const request = { workingDirectory: '/code/proj', environment: {}, homeDirectory: '/home/me', ...options.request };
  return loadProject(request, memorySourceReader(projectFiles(files), options));
}

/** Loads files that are right. */
export async function projectOf(files: ComposeFiles, options: LoadComposeOptions = {}): Promise<Project> {
  const { project, diagnostics } = await loadCompose(files, options);
  if (project === undefined) throw new Error(drawn(diagnostics).join('\n'));
  return project;
}

/** Loads files that are right, and gives the service `a`, without the membership in the default network. */
export async function serviceOf(files: ComposeFiles, options: LoadComposeOptions = {}): Promise<Partial<Service>> {
  const { services } = await projectOf(files, options);
  const { a } = services;
  if (a === undefined) throw new Error('there is no service a');
  const { networks, command, entrypoint, ...rest } = JSON.parse(JSON.stringify(a)) as Service;
  return {
    ...rest,
    ...(command === null ? {} : { command }),
    ...(entrypoint === null ? {} : { entrypoint }),
    ...(JSON.stringify(networks) === '{"default":null}' ? {} : { networks }),
  };
}

/** Loads files that are wrong, and gives the errors as `line:column message`, with the file's name where it is another. */
export async function errorsOf(files: ComposeFiles, options: LoadComposeOptions = {}): Promise<readonly string[]> {
  const { diagnostics } = await loadCompose(files, options);
  return drawn(diagnostics.filter((diagnostic) => diagnostic.severity === 'error'));
}

/** Diagnostics as `line:column message`. */
export function drawn(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.map(({ message, range }) => {
    if (range === undefined) return message;
    const file = range.file.replace('/code/proj/', '');
    const name = file === 'compose.yaml' ? '' : `${file}:`;
    return `${name}${range.start.line}:${range.start.column} ${message}`;
  });
}
