import type { DocumentNode, MappingNode } from '../document/node.ts';
import { type TracedLookup, wholeUse } from './traced-lookup.ts';
import { changeMember, isNull, madeFrom, mapMembers, scalarNode, withUses } from './tree/nodes.ts';

/**
 * Gives the names without value in every service's `environment` the value of the project environment; those it does
 * not have stay without (spec-facts 17.11 and 18.7).
 */
export function resolveServiceEnvironment(model: MappingNode, lookup: TracedLookup): MappingNode {
  return changeEnvironments(model, (value) => resolveBareNames(value, lookup, 'keep'));
}

/**
 * As {@link resolveServiceEnvironment} for list-form `environment` only, in the environment that its own file is read in.
 * Mappings wait: they know only the environment of the whole project (spec-facts 14.6).
 */
export function resolveListEnvironment(model: MappingNode, lookup: TracedLookup): MappingNode {
  return changeEnvironments(model, (value) =>
    value.kind === 'sequence' ? resolveBareNames(value, lookup, 'keep') : value,
  );
}

function changeEnvironments(model: MappingNode, change: (value: DocumentNode) => DocumentNode): MappingNode {
  return changeMember(model, 'services', (services) =>
    services.kind === 'mapping'
      ? mapMembers(services, (service) =>
          service.kind === 'mapping' ? changeMember(service, 'environment', change) : service,
        )
      : services,
  );
}

/** Gives names without value their value in `lookup`; what has none is kept or dropped. */
export function resolveBareNames(node: DocumentNode, lookup: TracedLookup, otherwise: 'keep' | 'drop'): DocumentNode {
  switch (node.kind) {
    case 'scalar':
      return node;
    case 'sequence': {
      const items = node.items.map((item) => resolveItem(item, lookup, otherwise));
      const changed = items.some((item, index) => item !== node.items[index]);
      return changed ? { ...node, items: items.filter((item) => item !== undefined) } : node;
    }
    case 'mapping': {
      const bare = [...node.entries.values()].filter((entry) => isNull(entry.value));
      if (bare.length === 0) return node;
      const entries = new Map(node.entries);
      for (const entry of bare) {
        const value = lookup(entry.key);
        if (value !== undefined) {
          const given = madeFrom(scalarNode(value, entry.value.span), entry.value);
          entries.set(entry.key, { ...entry, value: withUses(given, wholeUse(entry.key, lookup.sourceOf)) });
        } else if (otherwise === 'drop') entries.delete(entry.key);
      }
      return { ...node, entries };
    }
  }
}

function resolveItem(item: DocumentNode, lookup: TracedLookup, otherwise: 'keep' | 'drop'): DocumentNode | undefined {
  if (item.kind !== 'scalar' || typeof item.value !== 'string' || item.value.includes('=')) return item;
  const value = lookup(item.value);
  if (value === undefined) return otherwise === 'keep' ? item : undefined;
  return withUses({ ...item, value: `${item.value}=${value}` }, wholeUse(item.value, lookup.sourceOf));
}
