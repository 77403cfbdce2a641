import type { TextMap } from '../engine/container.ts';
import type { Named, Project } from '../project/project.ts';
import type { Service } from '../project/service.ts';
import { serviceRequirements } from './api-requirements.ts';
import { buildNeeds, buildRequest } from './build-request.ts';
import { hashOfText } from './config-hash.ts';
import { containerReferences, withOpenReferences } from './container-references.ts';
import { desiredProviders, providersOf } from './desired-provider.ts';
import { desiredNetwork, desiredVolume } from './desired-resources.ts';
import type { DesiredBuild, DesiredDependency, DesiredService, DesiredState, ServiceLink } from './desired-state.ts';
import { filesLabel } from './files-label.ts';
import { foreignAttributes } from './foreign-attributes.ts';
import { idleAttributes } from './idle-attributes.ts';
import { instanceLabels, portsLabel } from './instance-labels.ts';
import {
  CONFIG_FILES_LABEL,
  CONFIG_HASH_LABEL,
  DEPENDS_ON_LABEL,
  ENVIRONMENT_FILE_LABEL,
  ONE_OFF_LABEL,
  PROJECT_LABEL,
  SERVICE_LABEL,
  VERSION_LABEL,
  WORKING_DIRECTORY_LABEL,
} from './labels.ts';
import { desiredModels, modelKeys, type ServedModels } from './model-variables.ts';
import { mountedFiles } from './mounted-files.ts';
import { readyProbe } from './ready-probe.ts';
import { restarts } from './restart-policy.ts';
import { networkKeys, serviceEndpoints } from './service-endpoints.ts';
import { serviceHooks } from './service-hooks.ts';
import { volumeKey } from './service-mounts.ts';
import { encodeServiceForHash } from './service-shape.ts';
import { serviceTemplate } from './service-template.ts';
import { topsailExtension } from './topsail-extension.ts';

/** What the desired state depends on beside the project. */
export interface DesiredStateOptions {
  /** Value of the version labels, such as `0.1.0`. */
  readonly toolVersion: string;
  /** `DOCKER_DEFAULT_PLATFORM`, for services without a platform. */
  readonly defaultPlatform?: string;
  /** Variables every container gets unless its service sets them: the client's proxy settings. */
  readonly containerEnvironment?: Named<string>;
  /** Texts of seccomp profiles by the path written in the file (`seccompProfilePaths`). */
  readonly seccompProfiles?: ReadonlyMap<string, string>;
  /** What serves models, if the project uses some. */
  readonly models?: ServedModels;
  /** `--compatibility`: names are joined by `_` instead of `-`. */
  readonly compatibility?: boolean;
}

/** Computes what a project wants the engine to hold. The engine is not asked. */
export function desiredState(project: Project, options: DesiredStateOptions): DesiredState {
  const services = Object.entries(project.services).filter(([, { provider }]) => provider === undefined);
  return {
    project: project.name,
    networks: Object.entries(project.networks).map(([key, network]) =>
      desiredNetwork(project, key, network, options.toolVersion),
    ),
    volumes: Object.entries(project.volumes).map(([key, volume]) =>
      desiredVolume(project, key, volume, options.toolVersion),
    ),
    services: services.map(([name, service]) => desiredService(project, name, service, options)),
    contextServices: contextServices(project).map(([name, service]) => desiredService(project, name, service, options)),
    providers: desiredProviders(project),
    models: options.models === undefined ? [] : desiredModels(project, options.models),
    disabledServices: [
      ...new Set([...Object.keys(project.origin.disabledServices), ...project.origin.enabledServices]),
    ].filter((name) => !Object.hasOwn(project.services, name)),
    warnings: [
      ...services.flatMap(([name, service]) => ignoredFileOwnership(project, name, service)),
      ...foreignWarning(foreignAttributes(project)),
      ...idleWarning(idleAttributes(project)),
    ],
  };
}

function anyService({ services, origin }: Project, name: string): Service | undefined {
  return services[name] ?? origin.unselectedServices?.[name] ?? origin.disabledServices[name];
}

/** Services that are not started and whose builds the builds of others need, and what those need in turn. */
function contextServices(project: Project): readonly (readonly [name: string, service: Service])[] {
  const found = new Map<string, Service>();
  const pending = Object.values(project.services);
  for (const { build } of pending) {
    for (const name of build === undefined ? [] : buildNeeds(build)) {
      const service = found.has(name) || Object.hasOwn(project.services, name) ? undefined : anyService(project, name);
      if (service === undefined) continue;
      found.set(name, service);
      pending.push(service);
    }
  }
  return [...found];
}

function desiredService(
  project: Project,
  name: string,
  service: Service,
  options: DesiredStateOptions,
): DesiredService {
  const separator = options.compatibility === true ? '_' : '-';
  const image = service.image ?? `${project.name}${separator}${name}`;
  const open = withOpenReferences(service);
  const references = containerReferences(service);
  const hashed = encodeServiceForHash({ ...open, label_file: project.origin.labelFiles?.[name] });
  const hash = hashOfText(hashed);
  const files = mountedFiles(project, name, service);
  const injected = files.flatMap((file) => (file.kind === 'inject' ? [file.file] : []));
  const template = serviceTemplate(open, {
    project,
    image,
    files,
    labels: { ...labels(project, name, service, hash, options.toolVersion), ...filesLabel(injected) },
    environment: options.containerEnvironment ?? {},
    seccompProfiles: options.seccompProfiles ?? new Map(),
  });
  const endpoints = serviceEndpoints(project, name, service);
  const platform = service.platform ?? options.defaultPlatform;
  return {
    name,
    namePrefix: `${project.name}${separator}${name}${separator}`,
    image,
    platform,
    pullPolicy: service.pull_policy ?? 'missing',
    build: desiredBuild(project, name, service, image, options),
    scale: service.scale ?? service.deploy?.replicas ?? 1,
    containerName: service.container_name,
    dependencies: dependencies(service),
    networks: networkKeys(service),
    volumes: [...new Set((service.volumes ?? []).flatMap((mount) => volumeKey(mount) ?? []))],
    imageMounts: (service.volumes ?? []).flatMap(({ type, source }) =>
      type === 'image' && source !== undefined ? source : [],
    ),
    files: injected,
    hash,
    requirements: serviceRequirements(service),
    references,
    hashed: references.length === 0 ? undefined : hashed,
    providers: providersOf(project, service),
    models: modelKeys(service),
    links: (service.links ?? []).map(serviceLink),
    runOnce: isRunOnce(service),
    restarts: restarts(service),
    hasHealthcheck: declaresHealthcheck(service),
    ready: readyProbe(service.extensions),
    hooks: serviceHooks(service, { image, platform, template, networks: endpoints.map(({ network }) => network) }),
    template,
    endpoints,
  };
}

function desiredBuild(
  project: Project,
  name: string,
  service: Service,
  image: string,
  options: DesiredStateOptions,
): DesiredBuild | undefined {
  if (service.build === undefined) return undefined;
  const separator = options.compatibility === true ? '_' : '-';
  const request = buildRequest(name, service.build, {
    project,
    image,
    toolVersion: options.toolVersion,
    imageOf: (other) => anyService(project, other)?.image ?? `${project.name}${separator}${other}`,
    environment: options.containerEnvironment ?? {},
  });
  const platform = service.platform ?? options.defaultPlatform;
  return {
    request: { ...request, platforms: platform === undefined ? [] : [platform] },
    platforms: request.platforms,
    named: service.image !== undefined,
    needs: buildNeeds(service.build),
  };
}

function dependencies(service: Service): readonly DesiredDependency[] {
  return Object.entries(service.depends_on ?? {}).map(([name, dependency]) => ({
    service: name,
    condition: dependency.condition,
    required: dependency.required,
    restart: dependency.restart === true,
  }));
}

/** `service` or `service:alias`. */
function serviceLink(text: string): ServiceLink {
  const [service = '', alias = service] = text.split(':');
  return { service, alias };
}

function isRunOnce(service: Service): boolean {
  return topsailExtension(service.extensions).get('job') === 'once';
}

function declaresHealthcheck(service: Service): boolean {
  const check = service.healthcheck;
  return check !== undefined && check.disable !== true && check.test?.[0] !== 'NONE';
}

/** All labels but the number and the image (compose-surface section 3.2); the file's own labels give way to them. */
function labels(project: Project, name: string, service: Service, hash: string, toolVersion: string): TextMap {
  const { workingDirectory, configFiles, environmentFiles } = project.origin;
  return {
    ...service.labels,
    ...instanceLabels(project),
    ...portsLabel(project, name),
    [PROJECT_LABEL]: project.name,
    [SERVICE_LABEL]: name,
    [VERSION_LABEL]: toolVersion,
    [WORKING_DIRECTORY_LABEL]: workingDirectory,
    [CONFIG_FILES_LABEL]: configFiles.join(','),
    ...(environmentFiles.length === 0 ? {} : { [ENVIRONMENT_FILE_LABEL]: environmentFiles.join(',') }),
    [ONE_OFF_LABEL]: 'False',
    [CONFIG_HASH_LABEL]: hash,
    [DEPENDS_ON_LABEL]: dependencies(service)
      .filter((dependency) => !Object.hasOwn(project.origin.disabledServices, dependency.service))
      .map(({ service: dependency, condition, restart }) => `${dependency}:${condition}:${restart}`)
      .toSorted()
      .join(','),
  };
}

function foreignWarning(paths: readonly string[]): readonly string[] {
  if (paths.length === 0) return [];
  return [`without effect on an engine, as they speak to other targets such as Swarm: ${paths.join(', ')}`];
}

function idleWarning(paths: readonly string[]): readonly string[] {
  return paths.length === 0 ? [] : [`without effect, as no engine makes anything of them: ${paths.join(', ')}`];
}

/** A file that is bound keeps the host's owner and mode, whatever the reference asks for. */
function ignoredFileOwnership(project: Project, name: string, service: Service): readonly string[] {
  return (['configs', 'secrets'] as const).flatMap((list) =>
    (service[list] ?? [])
      .filter((reference) => project[list][reference.source]?.file !== undefined)
      .filter(({ uid, gid, mode }) => uid !== undefined || gid !== undefined || mode !== undefined)
      .map(
        ({ source }) =>
          `service ${name}: ${list === 'configs' ? 'config' : list} \`uid\`, \`gid\` and \`mode\` are not supported, they will be ignored: ${source} is a file of the host that is mounted as it is`,
      ),
  );
}
