import { BuildError } from '../engine/build-error.ts';
import type { BuildRequest } from '../engine/builder.ts';
import type { EngineDescription } from '../engine/engine.ts';

/** Label of images that this builder made (compose-surface section 3.2). */
const builderLabel = 'com.docker.compose.image.builder';

/** The query of `POST /build` for a request; Podman takes lists as JSON. */
export function buildQuery(
  request: BuildRequest,
  dockerfile: string | undefined,
  product: EngineDescription['product'],
): Readonly<Record<string, string | readonly string[] | undefined>> {
  const { ulimits, extraHosts, shmSize, memory, cacheFrom } = request;
  const hosts = extraHosts.map((entry) => entry.replace('=', ':'));
  return {
    version: '1',
    rm: '1',
    forcerm: '1',
    t: request.tags,
    dockerfile,
    target: request.target,
    platform: request.platforms[0],
    networkmode: request.network,
    buildargs: JSON.stringify(request.arguments),
    labels: JSON.stringify({ ...request.labels, [builderLabel]: 'classic' }),
    nocache: flag(request.noCache),
    pull: flag(request.pull),
    cachefrom: jsonList(cacheFrom),
    extrahosts: product === 'podman' ? jsonList(hosts) : hosts,
    shmsize: shmSize === undefined ? undefined : String(shmSize),
    memory: memory === undefined ? undefined : String(memory),
    isolation: request.isolation,
    ulimits: jsonList(
      ulimits.map(({ name, soft, hard }) =>
        product === 'podman' ? `${name}=${soft}:${hard}` : { Name: name, Soft: soft, Hard: hard },
      ),
    ),
    remote: request.context.kind === 'remote' ? request.context.address : undefined,
  };
}

function jsonList(values: readonly unknown[]): string | undefined {
  return values.length === 0 ? undefined : JSON.stringify(values);
}

function flag(value: boolean): string | undefined {
  return value ? '1' : undefined;
}

/** Throws a {@link BuildError} `refused` for what only BuildKit does, in the words of Docker Compose. */
export function refuseBuildkitOnly(request: BuildRequest): void {
  const refuse = (asked: boolean, what: string): void => {
    if (!asked) return;
    const sentence = `the classic builder doesn't support ${what}, set DOCKER_BUILDKIT=1 to use BuildKit`;
    throw new BuildError('refused', sentence);
  };
  refuse(request.platforms.length > 1, 'multi-arch build');
  refuse(request.entitlements.includes('security.insecure'), 'privileged mode');
  refuse(request.contexts.length > 0, 'additional contexts');
  refuse(request.agents.length > 0, 'SSH keys');
  refuse(request.secrets.length > 0, 'secrets');
}

/** What of a request the classic builder leaves out, without harm to the image. */
export function leftOut({ cacheTo, provenance = 'false', sbom = 'false' }: BuildRequest): readonly string[] {
  return [
    ...(cacheTo.some((entry) => entry !== '') ? ['cache exports'] : []),
    ...(provenance !== 'false' || sbom !== 'false' ? ['attestations'] : []),
  ];
}
