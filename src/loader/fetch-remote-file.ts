import { remoteFileUnsupported } from '../diagnostics/remote-diagnostics.ts';
import type { SourceSpan } from '../diagnostics/source-text.ts';
import { isTopsailError } from '../diagnostics/topsail-error.ts';
import { withoutPassword } from '../source/git-reference.ts';
import { type LoadSession, pointAt } from './load-session.ts';

/**
 * Brings a remote compose file to the disk and gives its absolute path; each reference is fetched once in a load. When it
 * cannot be had, the fault is noted at the place that names the file, and the answer is undefined.
 */
export async function fetchRemoteFile(
  session: LoadSession,
  reference: string,
  namedAt?: SourceSpan,
): Promise<string | undefined> {
  const { remote } = session.reader;
  if (remote === undefined) {
    session.findings.add(remoteFileUnsupported(withoutPassword(reference), namedAt));
    return undefined;
  }
  const fetched = session.remoteFiles.get(reference) ?? remote.fetch(reference);
  session.remoteFiles.set(reference, fetched);
  try {
    return await fetched;
  } catch (thrown) {
    if (!isTopsailError(thrown) || thrown.diagnostics.length === 0) throw thrown;
    session.findings.add(...thrown.diagnostics.map((fault) => pointAt(fault, namedAt)));
    return undefined;
  }
}
