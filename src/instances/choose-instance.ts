import { TopsailError } from '../diagnostics/topsail-error.ts';
import type { Project } from '../project/project.ts';
import type { CopyOptions } from '../state/copy-project.ts';
import { topsailExtension } from '../state/topsail-extension.ts';
import { freshInstanceName } from './fresh-name.ts';
import { findWorktree, type ReadOptionalText, worktreeInstance } from './worktree-name.ts';

/** Which copy of a project is meant. */
export interface InstanceChoice {
  /**
   * A name, or `auto`: that of the git worktree and branch if the file says `x-topsail: {instances: worktree}`, else a new
   * one. Absent is the former or, without that, no copy.
   */
  readonly name?: string;
  /** Whether `auto` may be a new name; it may not where the copy has to exist. Default true. */
  readonly mayBeNew?: boolean;
}

/**
 * Decides which copy of a project is meant; undefined is the project itself. Throws `instance-unnamed` if it has to exist
 * and nothing says which.
 */
export async function chooseInstance(
  project: Project,
  { name, mayBeNew = true }: InstanceChoice,
  read: ReadOptionalText,
): Promise<Pick<CopyOptions, 'name' | 'privateFolder'> | undefined> {
  if (name !== undefined && name !== 'auto') return { name };
  if (topsailExtension(project.extensions).get('instances') === 'worktree') {
    const worktree = await findWorktree(project.origin.workingDirectory, read);
    if (worktree !== undefined) return { name: worktreeInstance(worktree), privateFolder: worktree.folder };
  }
  if (name === undefined) return undefined;
  if (mayBeNew) return { name: freshInstanceName() };
  throw new TopsailError('instance-unnamed', 'auto names a new copy; say which copy is meant', {
    details: [`topsail ls shows the copies of ${project.name}`],
  });
}
