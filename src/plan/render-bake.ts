import type { BuildRequest, BuildSecret, BuildSource } from '../engine/builder.ts';
import type { DesiredService } from '../state/desired-state.ts';
import type { ChosenBuilds } from './plan-build.ts';

/**
 * The builds as a bake file, in the form and words of Docker Compose: what `docker buildx bake --file -` takes. Holds no secret:
 * those of variables are named by them.
 */
export function renderBake({ chosen, all }: ChosenBuilds, push: boolean): string {
  const services = new Map(all.map((service) => [service.name, service]));
  const wanted = new Set(chosen.map(({ name }) => name));
  for (const name of wanted) for (const need of services.get(name)?.build?.needs ?? []) wanted.add(need);
  const names = [...wanted].filter((name) => services.get(name)?.build !== undefined);
  const target = Object.fromEntries(
    names.toSorted().map((name) => [targetId(name), targetOfService(services.get(name), push)] as const),
  );
  const file = { group: { default: { targets: names.map(targetId) } }, target };
  // As Go writes JSON.
  return `${JSON.stringify(file, undefined, 2).replace(/[<>&]/g, escaped)}\n`;
}

function escaped(character: string): string {
  return `\\u00${character.charCodeAt(0).toString(16)}`;
}

/** The name of a service's target. Dots mean something else to bake. */
export function targetId(service: string): string {
  return service.replaceAll('.', '_');
}

function targetOfService(service: DesiredService | undefined, push: boolean): Readonly<Record<string, unknown>> {
  const build = service?.build;
  return build === undefined ? {} : bakeTarget(build.request, push && build.named);
}

/** One build as a target of a bake file; with several platforms its image stays with the builder unless it is pushed. */
export function bakeTarget(request: BuildRequest, pushed: boolean): Readonly<Record<string, unknown>> {
  const several = request.platforms.length > 1;
  const members = {
    context: sourceText(request.context),
    contexts: sorted(request.contexts.map(({ name, source }) => [name, sourceText(source)])),
    'dockerfile-inline': request.dockerfileText?.replaceAll('${', () => '$${'),
    dockerfile: dockerfilePath(request),
    args: sorted(Object.entries(request.arguments).map(([key, value]) => [key, value.replaceAll('${', () => '$${')])),
    labels: sorted(Object.entries(request.labels)),
    tags: request.tags.toSorted(),
    'cache-from': request.cacheFrom,
    'cache-to': request.cacheTo,
    target: request.target,
    secret: request.secrets.map(secretText),
    ssh: request.agents.map(({ id, paths }) => (paths.length === 0 ? id : `${id}=${paths.join(',')}`)),
    platforms: request.platforms,
    pull: request.pull || undefined,
    'no-cache': request.noCache || undefined,
    network: request.network,
    'shm-size': request.shmSize === undefined ? undefined : String(request.shmSize),
    ulimits: request.ulimits.map(({ name, soft, hard }) =>
      soft === hard ? `${name}=${soft}` : `${name}=${soft}:${hard}`,
    ),
    entitlements: request.entitlements,
    'extra-hosts': sorted(request.extraHosts.map(hostPair)),
    attest: attestations(request),
    output: [several ? `type=image,push=${pushed}` : pushed ? 'type=registry' : 'type=docker'],
  };
  return Object.fromEntries(Object.entries(members).filter(([, value]) => !isEmpty(value)));
}

function sorted(pairs: readonly (readonly [key: string, value: string])[]): Readonly<Record<string, string>> {
  return Object.fromEntries(pairs.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

function dockerfilePath({ context, dockerfile }: BuildRequest): string | undefined {
  if (dockerfile === undefined || context.kind !== 'folder' || dockerfile.startsWith('/')) return dockerfile;
  return `${context.path}/${dockerfile}`;
}

function sourceText(source: BuildSource): string {
  switch (source.kind) {
    case 'folder':
    case 'archive':
      return source.path;
    case 'remote':
      return source.address;
    case 'image':
      return `docker-image://${source.reference}`;
    case 'layout':
      return `oci-layout://${source.reference}`;
    case 'build':
      return `target:${targetId(source.service)}`;
  }
}

function secretText({ id, file, variable }: BuildSecret): string {
  if (file !== undefined) return `id=${id},type=file,src=${file}`;
  return variable === undefined ? `id=${id}` : `id=${id},type=env,env=${variable}`;
}

function hostPair(entry: string): readonly [host: string, address: string] {
  const separator = entry.search(/[:=]/);
  return [entry.slice(0, separator), entry.slice(separator + 1)];
}

function attestations({ provenance, sbom }: BuildRequest): readonly string[] {
  const each = (type: string, value: string | undefined): readonly string[] => {
    if (value === undefined || value === '') return [];
    if (value === 'true') return [`type=${type}`];
    return value === 'false' ? [`type=${type},disabled=true`] : [`type=${type},${value}`];
  };
  return [...each('provenance', provenance), ...each('sbom', sbom)];
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === '') return true;
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
