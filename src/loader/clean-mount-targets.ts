import type { DocumentNode, MappingNode } from '../document/node.ts';
import { cleanPath } from '../project/clean-path.ts';
import { changeMember, madeFrom, mapItems, mapMembers, scalarNode, textOf } from './tree/nodes.ts';

/** Cleans the targets of mounts lexically: `/d/` is `/d` (spec-facts 11.9). */
export function cleanMountTargets(model: MappingNode): MappingNode {
  return changeMember(model, 'services', (services) =>
    services.kind === 'mapping' ? mapMembers(services, cleanService) : services,
  );
}

function cleanService(service: DocumentNode): DocumentNode {
  if (service.kind !== 'mapping') return service;
  return changeMember(service, 'volumes', (mounts) =>
    mounts.kind === 'sequence' ? mapItems(mounts, cleanMount) : mounts,
  );
}

function cleanMount(mount: DocumentNode): DocumentNode {
  if (mount.kind !== 'mapping') return mount;
  return changeMember(mount, 'target', (target) => {
    const text = textOf(target) ?? '';
    const cleaned = text === '' ? text : cleanPath(text);
    return cleaned === text ? target : madeFrom(scalarNode(cleaned, target.span), target);
  });
}
