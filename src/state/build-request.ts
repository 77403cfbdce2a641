import type { BuildAgent, BuildRequest, BuildSecret, BuildSource } from '../engine/builder.ts';
import type { JsonValue, Named, Project } from '../project/project.ts';
import type { Build } from '../project/service.ts';
import { PROJECT_LABEL, SERVICE_LABEL, VERSION_LABEL } from './labels.ts';

/** What a build depends on beside its section of the file. */
export interface BuildInputs {
  readonly project: Project;
  readonly toolVersion: string;
  /** The image that the service's containers use. */
  readonly image: string;
  /** The image of any service by its name, for contexts that are the build of another service. */
  readonly imageOf: (service: string) => string;
  /** Build arguments that every build gets unless it sets them: the client's proxy settings. */
  readonly environment: Named<string>;
}

/** Turns the `build` section of a service into the request for its image (spec-facts section 26). */
export function buildRequest(name: string, build: Build, inputs: BuildInputs): BuildRequest {
  const { project, image, toolVersion } = inputs;
  const contexts = Object.entries(texts(build['additional_contexts']));
  return {
    context: sourceOf(build.context ?? '.', inputs),
    contexts: contexts.map(([context, value]) => ({ name: context, source: sourceOf(value, inputs) })),
    arguments: { ...inputs.environment, ...texts(build['args']) },
    labels: {
      ...texts(build['labels']),
      [PROJECT_LABEL]: project.name,
      [SERVICE_LABEL]: name,
      [VERSION_LABEL]: toolVersion,
    },
    tags: [...new Set([image, ...list(build['tags'])])],
    platforms: list(build['platforms']),
    noCache: build['no_cache'] === true,
    pull: build['pull'] === true,
    cacheFrom: list(build['cache_from']),
    cacheTo: list(build['cache_to']),
    secrets: secretsOf(build, project),
    agents: list(build['ssh']).map(agentOf),
    extraHosts: list(build['extra_hosts']),
    ulimits: ulimitsOf(build['ulimits']),
    entitlements: [...list(build['entitlements']), ...(build['privileged'] === true ? ['security.insecure'] : [])],
    ...dockerfileOf(build),
    ...given('target', text(build['target'])),
    ...given('network', text(build['network'])),
    ...given('isolation', text(build['isolation'])),
    ...given('provenance', text(build['provenance'])),
    ...given('sbom', text(build['sbom'])),
    ...given('shmSize', text(build['shm_size']) === undefined ? undefined : Number(text(build['shm_size']))),
  };
}

/** The services whose builds a build takes as contexts. */
export function buildNeeds(build: Build): readonly string[] {
  return Object.values(texts(build['additional_contexts'])).flatMap((value) =>
    value.startsWith('service:') ? [value.slice('service:'.length)] : [],
  );
}

/** Addresses that the builder fetches itself. */
const remoteForm = /^(?:https?:\/\/|git:\/\/|ssh:\/\/|git@|github\.com\/)/;

function sourceOf(value: string, { imageOf, project }: BuildInputs): BuildSource {
  if (value.startsWith('service:')) {
    const service = value.slice('service:'.length);
    return { kind: 'build', reference: imageOf(service), service };
  }
  if (value.startsWith('docker-image://')) return { kind: 'image', reference: value.slice('docker-image://'.length) };
  if (value.startsWith('oci-layout://')) return { kind: 'layout', reference: value.slice('oci-layout://'.length) };
  // Loading makes every path absolute.
  if (value === '-' || value === `${project.origin.workingDirectory}/-`) return { kind: 'archive', path: '-' };
  if (remoteForm.test(value)) return { kind: 'remote', address: value };
  return { kind: 'folder', path: value };
}

function dockerfileOf(build: Build): Pick<BuildRequest, 'dockerfile' | 'dockerfileText'> {
  const inline = text(build['dockerfile_inline']);
  if (inline !== undefined && inline !== '') return { dockerfileText: inline };
  return given('dockerfile', build.dockerfile);
}

function secretsOf(build: Build, project: Project): readonly BuildSecret[] {
  return objects(build['secrets']).map((reference) => {
    const source = text(reference['source']) ?? '';
    const target = text(reference['target']) ?? '';
    const secret = project.secrets[source];
    const variable = secret?.environment;
    return {
      id: target === '' ? source : target,
      ...given('file', secret?.file),
      ...given('variable', variable),
      ...given('value', variable === undefined ? undefined : (project.origin.environment[variable] ?? '')),
    };
  });
}

/** `id` or `id=path`, several paths joined by commas. */
function agentOf(key: string): BuildAgent {
  const equals = key.indexOf('=');
  if (equals < 0) return { id: key, paths: [] };
  return { id: key.slice(0, equals), paths: key.slice(equals + 1).split(',') };
}

function ulimitsOf(value: JsonValue | undefined): BuildRequest['ulimits'] {
  return Object.entries(object(value)).map(([name, limit]) => {
    const { soft, hard } = object(limit);
    return { name, soft: Number(soft ?? limit), hard: Number(hard ?? limit) };
  });
}

function object(value: JsonValue | undefined): { readonly [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !isList(value) ? value : {};
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function objects(value: JsonValue | undefined): readonly { readonly [key: string]: JsonValue }[] {
  return value !== undefined && isList(value) ? value.map(object) : [];
}

function list(value: JsonValue | undefined): readonly string[] {
  return value !== undefined && isList(value) ? value.filter((item) => typeof item === 'string') : [];
}

function texts(value: JsonValue | undefined): Named<string> {
  return Object.fromEntries(
    Object.entries(object(value)).map(([key, item]) => [key, typeof item === 'string' ? item : '']),
  );
}

function text(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function given<Key extends string, Value>(key: Key, value: Value | undefined): { readonly [Name in Key]?: Value } {
  // A computed key widens to string; it is exactly this one.
  return (value === undefined ? {} : { [key]: value }) as { readonly [Name in Key]?: Value };
}
