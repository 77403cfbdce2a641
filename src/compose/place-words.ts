import type { Operation } from '../plan/operation.ts';
import type { LoadedProject } from './load-project-strictly.ts';

/** The attribute of a service that asks for what an error of this code says it cannot have. */
const attributes: ReadonlyMap<string, string> = new Map([
  ['image-missing', 'image'],
  ['image-access-denied', 'image'],
  ['image-transfer-failed', 'image'],
  ['port-taken', 'ports'],
  ['mount-source-missing', 'volumes'],
]);

const mostPlaces = 5;

/** Where the file asks for what an operation could not be given, a line each: `services.web.image is at compose.yaml:3:12`. */
export function placeWords(
  code: string,
  operation: Operation,
  { locate }: Pick<LoadedProject, 'locate'>,
): readonly string[] {
  const attribute = attributes.get(code);
  if (attribute === undefined) return [];
  const places = servicesOf(operation).flatMap((service) => {
    const range = locate(`services.${JSON.stringify(service)}.${attribute}`);
    if (range === undefined) return [];
    const { line, column } = range.start;
    return [`services.${service}.${attribute} is at ${range.file}:${String(line)}:${String(column)}`];
  });
  const rest = places.length - mostPlaces;
  return rest > 0 ? [...places.slice(0, mostPlaces), `and ${String(rest)} more`] : places;
}

function servicesOf(operation: Operation): readonly string[] {
  if ('services' in operation) return operation.services;
  return 'service' in operation ? [operation.service] : [];
}
