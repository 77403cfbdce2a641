import type { Project } from '../project/project.ts';
import { type CopyOptions, copyName, copyProject } from '../state/copy-project.ts';
import { chooseInstance, type InstanceChoice } from './choose-instance.ts';
import type { ReadOptionalText } from './worktree-name.ts';

/** What a project was loaded from, as far as copying it goes. */
interface Loaded {
  readonly project: Project;
  readonly sources: ReadonlyMap<string, { readonly text: string }>;
}

/** How a loaded project is copied. */
export interface CopyLoadedOptions<Result extends Loaded> extends InstanceChoice, Omit<CopyOptions, 'name' | 'of'> {
  /** Reads git's files. */
  readonly read: ReadOptionalText;
  /** Loads the same once more under another project name: a file that speaks of its project's name means that of the copy. */
  readonly reload?: (projectName: string) => Promise<Result>;
}

/**
 * The copy of a loaded project that is meant, or the project itself. Throws `instance-unnamed`, a RangeError for a name without
 * letters and digits, and what the reload throws.
 */
export async function copyLoaded<Result extends Loaded>(
  loaded: Result,
  { read, reload, name, mayBeNew, ...options }: CopyLoadedOptions<Result>,
): Promise<Result> {
  const choice = { ...(name === undefined ? {} : { name }), ...(mayBeNew === undefined ? {} : { mayBeNew }) };
  const chosen = await chooseInstance(loaded.project, choice, read);
  if (chosen === undefined) return loaded;
  const of = loaded.project.name;
  const speaks = [...loaded.sources.values()].some(({ text }) => text.includes('COMPOSE_PROJECT_NAME'));
  const own = speaks && reload !== undefined ? await reload(copyName(of, chosen.name)) : loaded;
  return { ...own, project: copyProject(own.project, { ...options, ...chosen, of }) };
}
