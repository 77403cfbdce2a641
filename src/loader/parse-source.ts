import type { SourceText } from '../diagnostics/source-text.ts';
import type { ParsedDocuments } from '../document/parse-documents.ts';
import { parseQuickly } from '../document/parse-quickly.ts';

/**
 * Reads a compose file's text into trees. A file in good order is read quickly; any other is read again by the reader that
 * knows every construct and words every fault, which is loaded only then.
 */
export async function parseSource(source: SourceText): Promise<ParsedDocuments> {
  const documents = parseQuickly(source);
  if (documents !== undefined) return { documents, diagnostics: [] };
  const { parseDocuments } = await import('../document/parse-documents.ts');
  return parseDocuments(source);
}
