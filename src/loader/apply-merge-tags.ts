import type { DocumentNode, MappingEntry, MappingNode } from '../document/node.ts';
import { replacing, withMember, withoutMember } from './tree/nodes.ts';

/** Where a document says `!reset` or `!override`: the keys from the top. */
export type TaggedPath = readonly string[];

/** A document without its merge tags, and where they stood. */
export interface UntaggedDocument {
  readonly root: MappingNode;
  readonly tagged: readonly TaggedPath[];
}

/**
 * Takes the merge tags out of a document: a `!reset` value disappears, an `!override` value stays (spec-facts section
 * 12). Tags inside lists only drop their own item. Runs before interpolation, so a reset value is never expanded.
 */
export function takeMergeTags(root: MappingNode): UntaggedDocument {
  const tagged: TaggedPath[] = [];
  return { root: untagMapping(root, [], tagged), tagged };
}

function untagMapping(node: MappingNode, path: TaggedPath, tagged: TaggedPath[] | undefined): MappingNode {
  let entries: Map<string, MappingEntry> | undefined;
  for (const [key, entry] of node.entries) {
    const below = tagged === undefined ? path : [...path, key];
    const value = untagNode(entry.value, below, tagged);
    if (value === entry.value) continue;
    entries ??= new Map(node.entries);
    if (value === undefined) entries.delete(key);
    else entries.set(key, { ...entry, value });
  }
  return entries === undefined ? node : { ...node, entries };
}

function untagNode(node: DocumentNode, path: TaggedPath, tagged: TaggedPath[] | undefined): DocumentNode | undefined {
  if (node.mergeTag !== undefined) {
    tagged?.push(path);
    if (node.mergeTag === 'reset') return undefined;
    const { mergeTag: _, ...bare } = node;
    return untagNode(bare, path, tagged);
  }
  if (node.kind === 'mapping') return untagMapping(node, path, tagged);
  if (node.kind === 'scalar') return node;
  const items = node.items
    .map((item) => untagNode(item, path, undefined))
    .filter((item): item is DocumentNode => item !== undefined);
  const changed = items.length !== node.items.length || items.some((item, index) => item !== node.items[index]);
  return changed ? { ...node, items } : node;
}

/** Removes from the model so far what a later document tags. Paths that lead nowhere, or into a list, do nothing. */
export function removeTagged(model: MappingNode, tagged: readonly TaggedPath[]): MappingNode {
  return tagged.reduce((changed, path) => removePath(changed, path, 0), model);
}

function removePath(node: MappingNode, path: TaggedPath, depth: number): MappingNode {
  const key = path[depth];
  const value = key === undefined ? undefined : node.entries.get(key)?.value;
  if (key === undefined || value === undefined) return node;
  if (depth === path.length - 1) return withoutMember(node, key);
  if (value.kind !== 'mapping') return node;
  const changed = removePath(value, path, depth + 1);
  return changed === value ? node : withMember(node, key, changed);
}

/** Notes on the values that stand where tagged ones were laid over `base` what they replaced there. */
export function noteOverridden(merged: MappingNode, base: MappingNode, tagged: readonly TaggedPath[]): MappingNode {
  return tagged.reduce((changed, path) => {
    const earlier = nodeAt(base, path);
    return earlier === undefined ? changed : replaceAt(changed, path, earlier, 0);
  }, merged);
}

/** The value at a path of keys. */
export function nodeAt(node: DocumentNode, path: TaggedPath): DocumentNode | undefined {
  let found: DocumentNode | undefined = node;
  for (const key of path) found = found?.kind === 'mapping' ? found.entries.get(key)?.value : undefined;
  return found;
}

function replaceAt(node: MappingNode, path: TaggedPath, earlier: DocumentNode, depth: number): MappingNode {
  const key = path[depth];
  const value = key === undefined ? undefined : node.entries.get(key)?.value;
  if (key === undefined || value === undefined) return node;
  if (depth === path.length - 1) return withMember(node, key, replacing(value, earlier));
  return value.kind === 'mapping' ? withMember(node, key, replaceAt(value, path, earlier, depth + 1)) : node;
}
