import type { DocumentNode, MappingNode } from '../document/node.ts';
import type { VariableLookup } from '../interpolation/expand-template.ts';
import { changeMember, mapItems, mapMembers } from './tree/nodes.ts';

/**
 * Gives bare `KEY` items of list-form `environment` the value of the environment their file is read in. Mappings wait
 * for normalisation, which knows only the environment of the whole project (spec-facts 14.6).
 */
export function resolveListEnvironment(model: MappingNode, lookup: VariableLookup): MappingNode {
  return changeMember(model, 'services', (services) =>
    services.kind === 'mapping'
      ? mapMembers(services, (service) =>
          service.kind === 'mapping'
            ? changeMember(service, 'environment', (value) => resolveItems(value, lookup))
            : service,
        )
      : services,
  );
}

function resolveItems(value: DocumentNode, lookup: VariableLookup): DocumentNode {
  if (value.kind !== 'sequence') return value;
  return mapItems(value, (item) => {
    if (item.kind !== 'scalar' || typeof item.value !== 'string' || item.value.includes('=')) return item;
    const found = lookup(item.value);
    return found === undefined ? item : { ...item, value: `${item.value}=${found}` };
  });
}
