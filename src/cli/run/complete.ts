import { complete, printCompletion } from '../complete.ts';
import { exitCode } from '../exit-code.ts';
import { serviceNamer } from '../name-services.ts';
import type { WordGrammar } from '../normalize-words.ts';
import type { Session } from '../session.ts';

/** Says what may stand in place of the last word: `__complete WORDS…`, or `__completeNoDesc` without what the words mean. */
export async function runComplete(
  session: Omit<Session, 'flags'>,
  grammar: WordGrammar,
  [request, ...words]: readonly string[],
): Promise<number> {
  const completion = await complete(grammar, words, serviceNamer(session, grammar));
  printCompletion(session.host, completion, request === '__complete');
  return exitCode.success;
}
