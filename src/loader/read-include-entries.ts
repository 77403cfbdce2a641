import { includeEntryInvalid, includeNotList } from '../diagnostics/reuse-diagnostics.ts';
import type { SourceSpan } from '../diagnostics/source-text.ts';
import type { DocumentNode } from '../document/node.ts';
import type { Findings } from './findings.ts';
import { isNull, memberOf, memberText, textOf } from './tree/nodes.ts';

/** A path written in an entry. */
export interface NamedPath {
  readonly path: string;
  readonly at: SourceSpan;
}

/** One entry of `include`, in long form. */
export interface IncludeEntry {
  /** Merged like `-f` files; never empty. */
  readonly paths: readonly NamedPath[];
  readonly projectDirectory?: string;
  /** Undefined: the default `.env`. */
  readonly environmentFiles?: readonly NamedPath[];
}

/** Reads the `include` member of a document (spec-facts 14.1). Unknown keys and entries without path are ignored. */
export function readIncludeEntries(node: DocumentNode, findings: Findings): readonly IncludeEntry[] {
  if (isNull(node)) return [];
  if (node.kind !== 'sequence') {
    findings.add(includeNotList(node.kind === 'mapping' ? 'a mapping' : typeof node.value, node.span));
    return [];
  }
  return node.items.flatMap((item, index) => readEntry(item, `include.${String(index)}`, findings));
}

function readEntry(item: DocumentNode, path: string, findings: Findings): readonly IncludeEntry[] {
  const short = textOf(item);
  if (short !== undefined) return [{ paths: [{ path: short, at: item.span }] }];
  if (item.kind !== 'mapping') {
    findings.add(includeEntryInvalid(path, 'must be a string or a mapping', item.span));
    return [];
  }
  const paths = readPaths(memberOf(item, 'path'), `${path}.path`, findings);
  const projectDirectory = memberText(item, 'project_directory');
  const environmentFiles = readPaths(memberOf(item, 'env_file'), `${path}.env_file`, findings);
  if (paths === undefined || paths.length === 0) return [];
  return [
    {
      paths,
      ...(projectDirectory === undefined || projectDirectory === '' ? {} : { projectDirectory }),
      ...(environmentFiles === undefined || environmentFiles.length === 0 ? {} : { environmentFiles }),
    },
  ];
}

function readPaths(node: DocumentNode | undefined, path: string, findings: Findings): readonly NamedPath[] | undefined {
  if (node === undefined || isNull(node)) return undefined;
  const items = node.kind === 'sequence' ? node.items : [node];
  return items.flatMap((item) => {
    const text = textOf(item);
    if (text === undefined) findings.add(includeEntryInvalid(path, 'must be a string or a list of strings', item.span));
    return text === undefined ? [] : [{ path: text, at: item.span }];
  });
}
