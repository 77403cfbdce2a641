import { emptyComposeFile } from '../diagnostics/discovery-diagnostics.ts';
import type { DocumentNode, MappingNode } from '../document/node.ts';
import { judgeDocument } from '../schema/validate-document.ts';
import { pathBetween } from '../source/file-path.ts';
import { nodeAt, noteOverridden, removeTagged } from './apply-merge-tags.ts';
import { canonicalizeModel } from './canonical/canonicalize-model.ts';
import { checkBindSources, checkCrossFields } from './check-cross-fields.ts';
import { cleanMountTargets } from './clean-mount-targets.ts';
import { enforceUniqueness } from './enforce-uniqueness.ts';
import { fillDefaults } from './fill-defaults.ts';
import type { Findings } from './findings.ts';
import { mergeDocuments } from './merge-documents.ts';
import type { ModelScope } from './model-scope.ts';
import { openExtendedFile } from './open-extended-file.ts';
import { pruneFaults, pruneNodes } from './prune-faults.ts';
import { type ComposeFile, type PreparedDocument, prepareDocuments, withoutVersion } from './read-compose-files.ts';
import { resolveListEnvironment } from './resolve-bare-names.ts';
import { type ExtendedFile, resolveExtends } from './resolve-extends.ts';
import { resolveIncludes } from './resolve-includes.ts';
import { resolvePaths } from './resolve-paths.ts';
import { resolveWatchLinks } from './resolve-watch-links.ts';
import { memberOf, memberText } from './tree/nodes.ts';

/**
 * Turns the files of one project, or of one include, into one canonical model with absolute paths (spec-facts 1.2 and
 * 1.3). Undefined after a diagnostic that makes going on pointless.
 */
export async function loadModel(scope: ModelScope, files: readonly ComposeFile[]): Promise<MappingNode | undefined> {
  const { session } = scope;
  const errors = session.findings.errors;
  const documents = files.flatMap((file) => prepareDocuments(file, session, scope.lookup));
  let model: MappingNode | undefined;
  for (const document of documents) {
    const includedFrom = [...scope.includedFrom, document.source.name];
    model = await addDocument(model, document, { ...scope, includedFrom });
    if (model === undefined) return undefined;
  }
  if (model !== undefined && model.entries.size > 0) return completeModel(model, scope);
  if (scope.includingDirectory !== undefined || session.findings.errors > errors) return model;
  session.findings.add(emptyComposeFile(files.map((file) => file.source.name).join(', ')));
  return undefined;
}

/** Merges one document onto the model so far; undefined when the result does not hold. */
async function addDocument(
  model: MappingNode | undefined,
  document: PreparedDocument,
  scope: ModelScope,
): Promise<MappingNode | undefined> {
  const { findings, request } = scope.session;
  // What the services of this document extend, in this file or another.
  const extended = await resolveExtends(document.root, extendableFile(document, scope), findings);
  // What !reset and !override take away from earlier documents.
  const base = model === undefined ? undefined : removeTagged(model, document.tagged);
  // What the document includes becomes part of it.
  const complete = await resolveIncludes(extended, scope, loadModel);
  // The document onto the model.
  const merged =
    base === undefined || model === undefined
      ? complete
      : noteOverridden(mergeDocuments(base, complete, findings), model, document.tagged);
  if (model !== undefined) noteRemoved(model, merged, document, scope);
  // One item per key in lists that have keys.
  const unique = enforceUniqueness(merged);
  // The schema, for the model as it is now; what it refuses is left out from here on.
  const valid = withoutFaults(unique, findings);
  if (valid === undefined) return undefined;
  // Long forms, and keys again now that they show.
  const lenient = request.interpolate === false;
  const faulty = new Set<DocumentNode>();
  const canonical = canonicalizeModel(withoutVersion(valid), { findings, lenient, faulty });
  return enforceUniqueness(pruneNodes(canonical, faulty, findings));
}

/** How often what lost a member is looked at again; no schema of ours nests what it needs deeper. */
const mostRounds = 8;

/** The document without what the schema refuses; undefined when even the rest does not hold. */
function withoutFaults(document: MappingNode, findings: Findings): MappingNode | undefined {
  const { diagnostics, faulty } = judgeDocument(document);
  // What could not be merged has been told.
  findings.add(...diagnostics.filter(({ range }) => !findings.hasErrorAt(range)));
  let rest = document;
  let paths = faulty;
  // What has lost a member that it needs goes too; that is no fault of its own.
  for (let round = 0; paths.length > 0; round += 1) {
    if (round === mostRounds) return undefined;
    rest = pruneFaults(rest, paths, findings);
    paths = judgeDocument(rest).faulty;
  }
  return rest;
}

/** Notes what `!reset` took away for good. */
function noteRemoved(
  model: MappingNode,
  merged: MappingNode,
  { tagged, written }: PreparedDocument,
  { session: { trace } }: ModelScope,
): void {
  if (trace === undefined) return;
  for (const path of tagged) {
    const removed = nodeAt(model, path);
    if (removed === undefined || nodeAt(merged, path) !== undefined) continue;
    trace.removed.push({ path, removed, at: nodeAt(written, path)?.span ?? written.span });
  }
}

function extendableFile(document: PreparedDocument, scope: ModelScope): ExtendedFile {
  return {
    name: document.source.name,
    services: memberOf(document.root, 'services'),
    tagged: document.tagged,
    open: (file, namedAt) => openExtendedFile(scope, file, scope.workingDirectory, namedAt),
  };
}

/** What is done once, when every document is in. */
async function completeModel(model: MappingNode, scope: ModelScope): Promise<MappingNode> {
  const { findings, request } = scope.session;
  // Defaults that belong to the model in every mode.
  const complete = fillDefaults(model);
  const filled = request.normalize === false ? complete : cleanMountTargets(complete);
  // What one section says against itself.
  checkCrossFields(filled, findings);
  if (request.resolvePaths !== false) checkBindSources(filled, findings);
  // Absolute paths.
  const resolved = request.resolvePaths === false ? includedPaths(filled, scope) : await absolutePaths(filled, scope);
  if (scope.includingDirectory !== undefined) borrowVariables(filled, scope);
  // Bare names in list-form environment.
  return request.interpolate === false ? resolved : resolveListEnvironment(resolved, scope.lookup);
}

function absolutePaths(model: MappingNode, { session, workingDirectory }: ModelScope): Promise<MappingNode> {
  const { request, reader } = session;
  const base = { directory: workingDirectory, homeDirectory: request.homeDirectory };
  return resolveWatchLinks(resolvePaths(model, base), reader);
}

/** The paths of an included model as the one that includes it would write them. */
function includedPaths(model: MappingNode, { session, workingDirectory, includingDirectory }: ModelScope): MappingNode {
  if (includingDirectory === undefined) return model;
  const directory = pathBetween(includingDirectory, workingDirectory);
  return resolvePaths(model, { directory, homeDirectory: session.request.homeDirectory });
}

/** Notes the values of the variables that configs and secrets of an included model are made from. */
function borrowVariables(model: MappingNode, scope: ModelScope): void {
  for (const section of ['configs', 'secrets']) {
    const resources = memberOf(model, section);
    if (resources?.kind !== 'mapping') continue;
    for (const { value } of resources.entries.values()) {
      const name = memberText(value, 'environment') ?? '';
      const content = scope.lookup(name);
      if (content !== undefined) scope.session.borrowedVariables.set(name, content);
    }
  }
}
