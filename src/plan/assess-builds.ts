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
    request: build.request,
    cause,
    afterPull,
    needs: build.needs.flatMap((name) => services.get(name)?.image ?? []),
  };
}

/** What two services with one image disagree about; labels do not count. */
export function buildsDiffer(one: BuildRequest, other: BuildRequest): boolean {
  const plain = (request: BuildRequest): string => JSON.stringify({ ...request, labels: {} });
  return plain(one) !== plain(other);
}
