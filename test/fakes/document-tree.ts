import type { DocumentNode, MappingNode } from '../../src/document/node.ts';
import { parseDocuments } from '../../src/document/parse-documents.ts';
import { plainValue } from '../../src/loader/tree/plain-value.ts';

/** The tree of a text that is one good document. */
export function tree(text: string, name = '/p/compose.yaml'): MappingNode {
  const { documents, diagnostics } = parseDocuments({ name, text });
  const root = documents[0]?.root;
  if (root?.kind !== 'mapping' || diagnostics.length > 0) throw new Error(`no good document: ${text}`);
  return root;
}

/** A tree as ordinary JSON. */
export function plain(node: DocumentNode | undefined): unknown {
  return node === undefined ? undefined : JSON.parse(JSON.stringify(plainValue(node)));
}

/** The text a node is written as. */
export function written(node: DocumentNode | undefined): string | undefined {
  return node?.span.source.text.slice(node.span.start, node.span.end);
}
