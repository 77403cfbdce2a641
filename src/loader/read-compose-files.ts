import { versionObsolete } from '../diagnostics/discovery-diagnostics.ts';
import type { SourceSpan, SourceText } from '../diagnostics/source-text.ts';
import type { ComposeDocument, DocumentNode, MappingNode } from '../document/node.ts';
import { type TaggedPath, takeMergeTags } from './apply-merge-tags.ts';
import { type InterpolationScope, interpolateDocument } from './interpolate-document.ts';
import { type LoadSession, readSource } from './load-session.ts';
import { parseSource } from './parse-source.ts';
import { pruneNodes } from './prune-faults.ts';
import { withoutMember } from './tree/nodes.ts';

/** A compose file as text and as trees. */
export interface ComposeFile {
  readonly source: SourceText;
  readonly documents: readonly ComposeDocument[];
}

/** A document ready for merging: merge tags taken out, variables replaced. */
export interface PreparedDocument {
  readonly source: SourceText;
  readonly root: MappingNode;
  /** The document with its merge tags and variables. */
  readonly written: MappingNode;
  readonly tagged: readonly TaggedPath[];
}

/** Reads and parses files in parallel; what is wrong with any of them is noted. */
export async function readComposeFiles(
  session: LoadSession,
  paths: readonly { readonly path: string; readonly at?: SourceSpan | undefined }[],
): Promise<readonly ComposeFile[]> {
  const sources = await Promise.all(paths.map(({ path, at }) => readSource(session, path, at)));
  const files: ComposeFile[] = [];
  for (const source of sources) {
    if (source === undefined) continue;
    const { documents, diagnostics } = await parseSource(source);
    session.findings.add(...diagnostics);
    files.push({ source, documents });
  }
  return files;
}

/** Prepares the documents of a file for merging. Without interpolation values stay templates and texts stay texts. */
export function prepareDocuments(
  file: ComposeFile,
  session: LoadSession,
  lookup: InterpolationScope['lookup'],
): readonly PreparedDocument[] {
  const { findings, request } = session;
  return file.documents.map(({ root }) => {
    const mapping = root.kind === 'mapping' ? root : emptyMapping(root.span);
    const { root: bare, tagged } = hasMergeTags(file.source.text)
      ? takeMergeTags(mapping)
      : { root: mapping, tagged: [] };
    const version = bare.entries.get('version');
    if (version !== undefined) findings.add(versionObsolete(version.keySpan));
    const faulty = new Set<DocumentNode>();
    const scope = { lookup, findings, strict: request.strict === true, faulty };
    const interpolated = request.interpolate === false ? bare : interpolateDocument(bare, scope);
    return { source: file.source, root: pruneNodes(interpolated, faulty, findings), written: mapping, tagged };
  });
}

/** A document without the obsolete `version`. It goes after the schema has seen that it is a text. */
export function withoutVersion(model: MappingNode): MappingNode {
  return withoutMember(model, 'version');
}

/** Whether a text can hold merge tags at all; few files do, and looking at the tree costs more. */
function hasMergeTags(text: string): boolean {
  return text.includes('!reset') || text.includes('!override');
}

function emptyMapping(span: SourceSpan): MappingNode {
  return { kind: 'mapping', span, entries: new Map() };
}
