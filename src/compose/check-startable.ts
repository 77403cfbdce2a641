import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Project } from '../project/project.ts';
import { checkRunnable } from '../state/check-runnable.ts';
import type { LoadedProject } from './load-project-strictly.ts';
import { ProjectError } from './project-error.ts';

type WrittenProject = Pick<LoadedProject, 'sources' | 'locate'>;

/**
 * Refuses a project that could only be started by ignoring something it asks for. Throws a {@link ProjectError} that
 * names every such attribute, with its place if the text is at hand.
 */
export function checkStartable(project: Project, written?: WrittenProject): void {
  requireNoErrors(checkRunnable(project), written);
}

/**
 * Gives the warnings among findings about a loaded project, each with its place if the text is at hand. Throws a
 * {@link ProjectError} if there is an error among them.
 */
export function requireNoErrors(
  diagnostics: readonly Diagnostic[],
  written: WrittenProject | undefined,
): readonly Diagnostic[] {
  const found = diagnostics.map((diagnostic) => {
    const range = diagnostic.range ?? (diagnostic.path === undefined ? undefined : written?.locate(diagnostic.path));
    return range === undefined ? diagnostic : { ...diagnostic, range };
  });
  if (found.some((diagnostic) => diagnostic.severity === 'error')) {
    throw new ProjectError(found, written?.sources ?? new Map());
  }
  return found;
}
