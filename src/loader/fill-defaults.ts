import type { SourceSpan } from '../diagnostics/source-text.ts';
import type { DocumentNode, MappingNode } from '../document/node.ts';
import { changeMember, defaultNode, mapItems, mapMembers, memberOf, textOf, withMember } from './tree/nodes.ts';

/** Fills the defaults that are part of the model in every mode (spec-facts 18.1). */
export function fillDefaults(model: MappingNode): MappingNode {
  return changeMember(model, 'services', (services) =>
    services.kind === 'mapping'
      ? mapMembers(services, (service) => (service.kind === 'mapping' ? fillService(service) : service))
      : services,
  );
}

function fillService(service: MappingNode): MappingNode {
  return mapMembers(service, (value, name) => {
    switch (name) {
      case 'build':
        return withDefault(value, 'context', '.');
      case 'ports':
        return eachItem(value, (port) => withDefault(withDefault(port, 'mode', 'ingress'), 'protocol', 'tcp'));
      case 'secrets':
        return eachItem(value, fillSecret);
      case 'gpus':
        return eachItem(value, fillDeviceRequest);
      case 'deploy':
        return changePath(value, ['resources', 'reservations', 'devices'], (requests) =>
          eachItem(requests, fillDeviceRequest),
        );
      default:
        return value;
    }
  });
}

function withDefault(node: DocumentNode, name: string, value: string, madeFrom?: SourceSpan): DocumentNode {
  if (node.kind !== 'mapping' || node.entries.has(name)) return node;
  return withMember(node, name, defaultNode(value, madeFrom ?? node.span));
}

function fillSecret(secret: DocumentNode): DocumentNode {
  const source = memberOf(secret, 'source');
  const name = textOf(source);
  if (source === undefined || name === undefined) return secret;
  return withDefault(secret, 'target', `/run/secrets/${name}`, source.span);
}

function fillDeviceRequest(request: DocumentNode): DocumentNode {
  return memberOf(request, 'device_ids') === undefined ? withDefault(request, 'count', 'all') : request;
}

function eachItem(node: DocumentNode, change: (item: DocumentNode) => DocumentNode): DocumentNode {
  return node.kind === 'sequence' ? mapItems(node, change) : node;
}

function changePath(
  node: DocumentNode,
  path: readonly string[],
  change: (value: DocumentNode) => DocumentNode,
): DocumentNode {
  const [step, ...rest] = path;
  if (step === undefined) return change(node);
  return node.kind === 'mapping' ? changeMember(node, step, (value) => changePath(value, rest, change)) : node;
}
