import { checkRunnable } from '../state/check-runnable.ts';
import type { LoadedProject } from './load-project-strictly.ts';
import { ProjectError } from './project-error.ts';

/**
 * Refuses a project that could only be started by ignoring something it asks for. Throws a {@link ProjectError} that
 * names every such attribute with its place.
 */
export function checkStartable(loaded: Pick<LoadedProject, 'project' | 'sources' | 'locate'>): void {
  const found = checkRunnable(loaded.project).map((diagnostic) => {
    const range = diagnostic.range ?? (diagnostic.path === undefined ? undefined : loaded.locate(diagnostic.path));
    return range === undefined ? diagnostic : { ...diagnostic, range };
  });
  if (found.some((diagnostic) => diagnostic.severity === 'error')) throw new ProjectError(found, loaded.sources);
}
