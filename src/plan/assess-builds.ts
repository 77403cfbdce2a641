import type { BuildRequest } from '../engine/builder.ts';
import type { DesiredService } from '../state/desired-state.ts';

/** Whether images are built beyond need (`--build`), not at all (`--no-build`), or where they are missing. */
export type BuildStrategy = 'always' | 'never' | 'missing';

/** That an image is built, and how. */
export interface ImageBuild {
  readonly request: BuildRequest;
  readonly cause: string;
  /** Only if no registry gave the image: the pull is tried first. */
  readonly afterPull: boolean;
  /** Images whose builds it takes as contexts. */
  readonly needs: readonly string[];
}

/** The build of a service, if it has one.  */
export function buildOf(
  service: DesiredService,
  services: ReadonlyMap<string, DesiredService>,
  cause: string,
  afterPull: boolean,
): ImageBuild | undefined {
  const { build } = service;
  if (build === undefined) return undefined;
  return {
    request: withContextBuilds(service.name, build.request, services),
    cause,
    afterPull,
    needs: build.needs.flatMap((name) => services.get(name)?.image ?? []),
  };
}

/** A request whose contexts that are builds say how those are built; one that leads back to a service of the path does not. */
function withContextBuilds(
  name: string,
  request: BuildRequest,
  services: ReadonlyMap<string, DesiredService>,
  path: readonly string[] = [],
): BuildRequest {
  const above = [...path, name];
  const contexts = request.contexts.map((context) => {
    const { source } = context;
    if (source.kind !== 'build' || above.includes(source.service)) return context;
    const own = services.get(source.service)?.build?.request;
    if (own === undefined) return context;
    return { ...context, source: { ...source, request: withContextBuilds(source.service, own, services, above) } };
  });
  return contexts.length === 0 ? request : { ...request, contexts };
}

/** What two services with one image disagree about; labels do not count. */
export function buildsDiffer(one: BuildRequest, other: BuildRequest): boolean {
  const plain = (request: BuildRequest): string => JSON.stringify({ ...request, labels: {} });
  return plain(one) !== plain(other);
}
