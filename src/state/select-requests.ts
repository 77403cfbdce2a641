import type { ImageRequest } from './image-requests.ts';

/** The requests of the named services, or of all if none is named; with what they depend on if that is asked for. */
export function selectRequests(
  requests: readonly ImageRequest[],
  services: readonly string[],
  withDependencies: boolean,
): readonly ImageRequest[] {
  if (services.length === 0) return requests;
  const byName = new Map(requests.map((request) => [request.service, request]));
  const wanted = new Set(services);
  if (withDependencies) {
    for (const name of wanted) for (const dependency of byName.get(name)?.dependencies ?? []) wanted.add(dependency);
  }
  return requests.filter(({ service }) => wanted.has(service));
}
