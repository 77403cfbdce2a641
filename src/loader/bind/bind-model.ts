import type { DocumentNode, MappingNode } from '../../document/node.ts';
import type { Config, JsonValue, Named, Network, Secret, Volume } from '../../project/project.ts';
import type { Service } from '../../project/service.ts';
import { memberOf } from '../tree/nodes.ts';
import { readConfig, readModel, readNetwork, readSecret, readVolume } from './bind-resources.ts';
import { readService } from './bind-service.ts';
import { type BindScope, extensionsOf, type Reader } from './reader.ts';

/** The typed contents of a model, before profiles and selection. */
export interface BoundModel {
  readonly services: Named<Service>;
  readonly networks: Named<Network>;
  readonly volumes: Named<Volume>;
  readonly configs: Named<Config>;
  readonly secrets: Named<Secret>;
  readonly models: Named<JsonValue>;
  readonly extensions: Named<JsonValue>;
}

/** Binds a canonical model to its types; values that cannot be read are noted (spec-facts 1.6). */
export function bindModel(model: MappingNode, scope: BindScope): BoundModel {
  return {
    services: bindSection(model, 'services', readService, scope),
    networks: bindSection(model, 'networks', readNetwork, scope),
    volumes: bindSection(model, 'volumes', readVolume, scope),
    configs: bindSection(model, 'configs', readConfig, scope),
    secrets: bindSection(model, 'secrets', readSecret, scope),
    models: bindSection(model, 'models', readModel, scope),
    extensions: extensionsOf(model) ?? (Object.create(null) as Named<JsonValue>),
  };
}

function bindSection<T>(model: MappingNode, section: string, read: Reader<T>, scope: BindScope): Named<T> {
  const bound = Object.create(null) as Record<string, T>;
  const node = memberOf(model, section);
  if (node?.kind !== 'mapping') return bound;
  for (const key of [...node.entries.keys()].sort()) {
    const entry = node.entries.get(key);
    const value = entry === undefined ? undefined : read(asMapping(entry.value), { path: `${section}.${key}`, scope });
    if (value !== undefined) bound[key] = value;
  }
  return bound;
}

/** An empty body is a mapping without members. */
function asMapping(node: DocumentNode): DocumentNode {
  if (node.kind !== 'scalar' || node.value !== null) return node;
  return { kind: 'mapping', span: node.span, entries: new Map() };
}
