import { loadProjectStrictly } from '../compose/load-project-strictly.ts';
import type { NameServices } from './complete.ts';
import { diskReaderOf } from './disk-reader-of.ts';
import { normalizeWords, type WordGrammar } from './normalize-words.ts';
import { loadRequestOf, type RootFlags, renameOldFlags } from './root-flags.ts';
import type { Session } from './session.ts';

const nowhere = { write: () => undefined };

/** Names of services for completion, of profiles that are off too: quietly none if no project can be loaded. */
export function serviceNamer(session: Omit<Session, 'flags'>, grammar: WordGrammar): NameServices {
  const { program } = grammar;
  return async (rootWords) => {
    try {
      program.parseOptions([...normalizeWords(grammar, rootWords)]);
      const flags = renameOldFlags({ stderr: nowhere }, program.opts<RootFlags>());
      const request = { ...loadRequestOf(session.host, flags), resolveEnvironment: false };
      const { project } = await loadProjectStrictly(request, diskReaderOf({ ...session, flags }));
      return [...Object.keys(project.services), ...Object.keys(project.origin.disabledServices)].toSorted();
    } catch {
      return [];
    }
  };
}
