import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { SourceRange } from '../diagnostics/source-range.ts';
import type { SourceText } from '../diagnostics/source-text.ts';
import { loadProject } from '../loader/load-project.ts';
import type { LoadRequest } from '../loader/load-request.ts';
import type { Project } from '../project/project.ts';
import type { SourceReader } from '../source/source-reader.ts';
import { ProjectError } from './project-error.ts';

/** A project that loaded without errors. */
export interface LoadedProject {
  readonly project: Project;
  readonly warnings: readonly Diagnostic[];
  /** Every text that was read, by name. */
  readonly sources: ReadonlyMap<string, SourceText>;
  /** Where the value at a project path was written. */
  readonly locate: (path: string) => SourceRange | undefined;
}

/** Loads a project. Throws a {@link ProjectError} with every finding if there is an error among them. */
export async function loadProjectStrictly(request: LoadRequest, reader: SourceReader): Promise<LoadedProject> {
  const { project, diagnostics, sources, locate } = await loadProject(request, reader);
  if (project === undefined || diagnostics.some((diagnostic) => diagnostic.severity === 'error')) {
    throw new ProjectError(diagnostics, sources);
  }
  return { project, warnings: diagnostics, sources, locate };
}
