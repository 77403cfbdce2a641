import type { DocumentNode } from '../document/node.ts';
import type { Named } from '../project/project.ts';
import { changeMember, mapMembers, memberOf, memberText, nodeFromPlain } from './tree/nodes.ts';

/** The services of a model that is not bound, with their images; undefined for those without one. */
export function rawServiceImages(model: DocumentNode): ReadonlyMap<string, string | undefined> {
  const services = memberOf(model, 'services');
  if (services?.kind !== 'mapping') return new Map();
  return new Map([...services.entries].map(([name, { value }]) => [name, memberText(value, 'image') || undefined]));
}

/** A model that is not bound with other images. */
export function withRawServiceImages(model: DocumentNode, images: ReadonlyMap<string, string>): DocumentNode {
  if (model.kind !== 'mapping') return model;
  return changeMember(model, 'services', (services) =>
    services.kind !== 'mapping'
      ? services
      : mapMembers(services, (service, name) => {
          const image = images.get(name);
          if (image === undefined || service.kind !== 'mapping') return service;
          return changeMember(service, 'image', (written) => nodeFromPlain(image, written.span));
        }),
  );
}

/** Services with other images. */
export function withServiceImages<Service extends { readonly image?: string }>(
  services: Named<Service>,
  images: ReadonlyMap<string, string>,
): Named<Service> {
  const changed = Object.create(null) as Record<string, Service>;
  for (const [name, service] of Object.entries(services)) {
    const image = images.get(name);
    changed[name] = image === undefined ? service : { ...service, image };
  }
  return changed;
}
