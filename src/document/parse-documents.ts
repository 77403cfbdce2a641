import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { SourceText } from '../diagnostics/source-text.ts';
import { yamlTopLevel } from '../diagnostics/yaml-diagnostics.ts';
import { annotateTree } from './annotate-tree.ts';
import type { ComposeDocument, DocumentNode } from './node.ts';
import { readStream } from './read-stream.ts';

/** What one text holds. With an error among the diagnostics, `documents` holds those that could be read. */
export interface ParsedDocuments {
  /** In source order; empty for a text that is blank or only comments. */
  readonly documents: readonly ComposeDocument[];
  readonly diagnostics: readonly Diagnostic[];
}

function describe(root: DocumentNode): string {
  switch (root.kind) {
    case 'sequence':
      return 'a list';
    case 'mapping':
      return 'a mapping';
    case 'scalar':
      return root.value === null ? 'empty' : typeof root.value === 'string' ? 'text' : `a ${typeof root.value}`;
  }
}

/**
 * Reads a compose file's text into one annotated tree per YAML document: scalars by go-yaml's rules, merge keys and
 * aliases resolved (aliased nodes are shared, not copied), `!reset` and `!override` kept as merge tags. Never throws on
 * bad input; every fault is a diagnostic with its range. Spec-facts section 5.
 */
export function parseDocuments(source: SourceText): ParsedDocuments {
  const stream = readStream(source);
  const diagnostics = [...stream.diagnostics];
  const documents: ComposeDocument[] = [];
  for (const parsed of stream.documents) {
    const tree = annotateTree(source, parsed.contents);
    diagnostics.push(...tree.diagnostics);
    if (tree.root === undefined) continue;
    if (tree.root.kind === 'mapping') documents.push({ root: tree.root });
    else diagnostics.push(yamlTopLevel(describe(tree.root), tree.root.span));
  }
  return { documents, diagnostics };
}
