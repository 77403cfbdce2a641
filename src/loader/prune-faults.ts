import { didYouMean } from '../diagnostics/did-you-mean.ts';
import type { DocumentNode, MappingEntry, MappingNode } from '../document/node.ts';
import type { Findings } from './findings.ts';

/** Keys and list positions from the top. */
export type FaultyPath = readonly string[];

const sections = ['services', 'networks', 'volumes', 'configs', 'secrets', 'models'] as const;

/**
 * Takes what was found faulty out of a document, so that loading goes on and finds what else is wrong. A list item that
 * is a mapping goes as a whole: without one of its members it means something else. What is missing now is noted, for
 * nobody should be told that it is absent.
 */
export function pruneFaults(root: MappingNode, paths: readonly FaultyPath[], findings: Findings): MappingNode {
  if (paths.length === 0) return root;
  const tree: Branch = { faulty: false, below: new Map() };
  for (const path of paths) plant(tree, wholeItem(root, path));
  const pruned = pruneMapping(root, tree, [], findings);
  for (const [key, { faulty }] of tree.below) if (faulty) noteSections(key, findings);
  return pruned;
}

/** As {@link pruneFaults}, for nodes wherever they are. */
export function pruneNodes(root: MappingNode, nodes: ReadonlySet<DocumentNode>, findings: Findings): MappingNode {
  return nodes.size === 0 ? root : pruneFaults(root, pathsOf(root, nodes, []), findings);
}

/** What another file was to add and did not: any name may be defined there. */
export function noteUnknownDefinitions(findings: Findings): void {
  for (const section of sections) findings.noteUnknownDefinitions(section);
}

interface Branch {
  faulty: boolean;
  readonly below: Map<string, Branch>;
}

function plant(tree: Branch, path: FaultyPath): void {
  let branch = tree;
  for (const step of path) {
    let next = branch.below.get(step);
    if (next === undefined) {
      next = { faulty: false, below: new Map() };
      branch.below.set(step, next);
    }
    branch = next;
  }
  branch.faulty = true;
}

function wholeItem(root: MappingNode, path: FaultyPath): FaultyPath {
  let node: DocumentNode | undefined = root;
  for (const [depth, step] of path.entries()) {
    const next: DocumentNode | undefined = childOf(node, step);
    if (node?.kind === 'sequence' && next?.kind === 'mapping') return path.slice(0, depth + 1);
    node = next;
  }
  return path;
}

function childOf(node: DocumentNode | undefined, step: string): DocumentNode | undefined {
  if (node?.kind === 'mapping') return node.entries.get(step)?.value;
  return node?.kind === 'sequence' ? node.items[Number(step)] : undefined;
}

function pruneMapping(node: MappingNode, branch: Branch, path: FaultyPath, findings: Findings): MappingNode {
  const entries = new Map<string, MappingEntry>();
  for (const [key, entry] of node.entries) {
    const value = pruneNode(entry.value, branch.below.get(key), [...path, key], findings);
    if (value !== undefined) entries.set(key, value === entry.value ? entry : { ...entry, value });
  }
  return { ...node, entries };
}

function pruneNode(
  node: DocumentNode,
  branch: Branch | undefined,
  path: FaultyPath,
  findings: Findings,
): DocumentNode | undefined {
  if (branch === undefined) return node;
  if (branch.faulty) {
    findings.notePruned(path);
    return undefined;
  }
  if (node.kind === 'scalar') return node;
  if (node.kind === 'mapping') return pruneMapping(node, branch, path, findings);
  const items = node.items.flatMap((item, index) => {
    const step = String(index);
    const kept = pruneNode(item, branch.below.get(step), [...path, step], findings);
    return kept === undefined ? [] : [kept];
  });
  return { ...node, items };
}

/** A misspelled section may hold whatever is looked for in the right one. */
function noteSections(key: string, findings: Findings): void {
  if (key === 'include') noteUnknownDefinitions(findings);
  const meant = didYouMean(key, sections);
  if (meant !== undefined) findings.noteUnknownDefinitions(meant);
}

function pathsOf(node: DocumentNode, nodes: ReadonlySet<DocumentNode>, path: FaultyPath): readonly FaultyPath[] {
  if (nodes.has(node)) return [path];
  switch (node.kind) {
    case 'scalar':
      return [];
    case 'sequence':
      return node.items.flatMap((item, index) => pathsOf(item, nodes, [...path, String(index)]));
    case 'mapping':
      return [...node.entries].flatMap(([key, entry]) => pathsOf(entry.value, nodes, [...path, key]));
  }
}
