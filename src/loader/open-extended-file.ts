import type { SourceSpan } from '../diagnostics/source-text.ts';
import type { DocumentNode, MappingNode } from '../document/node.ts';
import { parentFolder, pathBetween } from '../source/file-path.ts';
import { removeTagged } from './apply-merge-tags.ts';
import { canonicalizeModel } from './canonical/canonicalize-model.ts';
import { fetchRemoteFile } from './fetch-remote-file.ts';
import { mergeDocuments } from './merge-documents.ts';
import type { ModelScope } from './model-scope.ts';
import { pruneNodes } from './prune-faults.ts';
import { prepareDocuments, readComposeFiles } from './read-compose-files.ts';
import { isRemoteReference } from './remote-reference.ts';
import type { ExtendedFile } from './resolve-extends.ts';
import { resolvePath, resolvePaths } from './resolve-paths.ts';
import { mappingNode, memberOf } from './tree/nodes.ts';

/**
 * Opens a file that `extends` names, once per scope. Its services come in long form and with their relative paths
 * resolved against its own folder; its `include` and its other sections do not count (spec-facts 13.2 to 13.5).
 */
export async function openExtendedFile(
  scope: ModelScope,
  file: string,
  directory: string,
  namedAt: SourceSpan,
): Promise<ExtendedFile | undefined> {
  if (isRemoteReference(file)) {
    const path = await fetchRemoteFile(scope.session, file, namedAt);
    return path === undefined ? undefined : openLocalFile(scope, path, namedAt);
  }
  return openLocalFile(
    scope,
    resolvePath(file, { directory, homeDirectory: scope.session.request.homeDirectory }),
    namedAt,
  );
}

function openLocalFile(scope: ModelScope, path: string, namedAt: SourceSpan): Promise<ExtendedFile | undefined> {
  const known = scope.extendedFiles.get(path);
  if (known !== undefined) return known;
  const opened = readExtendedFile(scope, path, namedAt);
  scope.extendedFiles.set(path, opened);
  return opened;
}

async function readExtendedFile(
  scope: ModelScope,
  path: string,
  namedAt: SourceSpan,
): Promise<ExtendedFile | undefined> {
  const { session } = scope;
  const errors = session.findings.errors;
  const [file] = await readComposeFiles(session, [{ path, at: namedAt }]);
  if (file === undefined || session.findings.errors > errors) return undefined;
  const documents = prepareDocuments(file, session, scope.lookup);
  const empty: MappingNode = mappingNode(new Map(), { source: file.source, start: 0, end: 0 });
  const merged = documents.reduce(
    (model, document) => mergeDocuments(removeTagged(model, document.tagged), document.root, session.findings),
    empty,
  );
  const faulty = new Set<DocumentNode>();
  const lenient = session.request.interpolate === false;
  const long = canonicalizeModel(merged, { findings: session.findings, lenient, faulty });
  const canonical = pruneNodes(long, faulty, session.findings);
  const { homeDirectory, resolvePaths: absolute } = session.request;
  const directory = absolute === false ? pathBetween(scope.workingDirectory, parentFolder(path)) : parentFolder(path);
  const rebased = resolvePaths(canonical, { directory, homeDirectory });
  return {
    name: path,
    services: memberOf(rebased, 'services'),
    tagged: documents.flatMap((document) => document.tagged),
    open: (nested, at) => openExtendedFile(scope, nested, scope.workingDirectory, at),
  };
}
