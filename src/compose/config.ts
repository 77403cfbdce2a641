import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { SourceText } from '../diagnostics/source-text.ts';
import { TopsailError } from '../diagnostics/topsail-error.ts';
import { listVariables } from '../loader/list-variables.ts';
import { loadProject, loadRawModel } from '../loader/load-project.ts';
import type { LoadRequest, LoadResult } from '../loader/load-request.ts';
import { type ConfigFormat, renderConfig, renderRawModel } from '../loader/render-config.ts';
import { renderImageLock } from '../loader/render-image-lock.ts';
import { renderVariables } from '../loader/render-variables.ts';
import { rawServiceImages } from '../loader/service-images.ts';
import type { Project } from '../project/project.ts';
import type { Service } from '../project/service.ts';
import type { SourceReader } from '../source/source-reader.ts';
import type { ImagePinning } from './pin-images.ts';
import { ProjectError } from './project-error.ts';
import { checkServiceNames } from './project-reference.ts';

/** What of a project is asked for instead of the whole. */
export type ConfigSelector =
  | 'services'
  | 'volumes'
  | 'networks'
  | 'models'
  | 'hash'
  | 'profiles'
  | 'images'
  | 'variables'
  | 'environment';

/** What `config` is asked for. */
export interface ConfigRequest {
  readonly load: LoadRequest;
  /** Default: yaml. */
  readonly format?: ConfigFormat;
  readonly selector?: ConfigSelector;
  /** Check only: `text` stays empty. */
  readonly quiet?: boolean;
  /** Mark each line of the YAML with its origin; files are called what this says. Not with digests or a selector. */
  readonly markOrigins?: (file: string) => string;
  /** With the selector `hash`: a comma list of services, or `*`. */
  readonly hashServices?: string;
  /** Show images by their digests; nothing is asked of registries without it, or with a selector. */
  readonly pinning?: ImagePinning;
}

/** What `config` answers. */
export interface ConfigResult {
  /** The text to print; whole lines, except that JSON ends without a newline. */
  readonly text: string;
  /** Warnings only: errors are thrown. */
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: ReadonlyMap<string, SourceText>;
}

/** As in Docker Compose, env files are always part of what is printed (spec-facts 2.17), and no list but these looks at them. */
const needServiceFiles: ReadonlySet<ConfigSelector> = new Set(['hash', 'environment', 'variables']);

/** Computes the configuration hash of a service. */
export type ServiceHash = (name: string, service: Service, project: Project) => string;

/**
 * The action behind `topsail config`: loads the project and renders it, or what the selector asks for (compose-surface
 * 1.5 and 2.9). Throws a ProjectError with every finding when there is an error among them.
 */
export async function config(request: ConfigRequest, reader: SourceReader, hashOf: ServiceHash): Promise<ConfigResult> {
  const { format = 'yaml', selector } = request;
  const load: LoadRequest = {
    ...request.load,
    resolveEnvironment: selector === undefined || needServiceFiles.has(selector),
    ...(request.markOrigins === undefined ? {} : { provenance: true }),
  };
  if (selector === 'variables') return renderedVariables(load, reader, request.format);
  if (load.interpolate === false && selector === undefined) return renderedRawModel(request, reader);
  const loaded = await loadProject(load, reader, { keepExtensions: format === 'yaml' });
  const { project, diagnostics, sources } = loaded;
  if (project === undefined) throw new ProjectError(diagnostics, sources);
  if (selector !== undefined) {
    return { text: request.quiet === true ? '' : select(project, selector, request, hashOf), diagnostics, sources };
  }
  const text = await renderedProject(project, loaded, request);
  return { text: request.quiet === true ? '' : text, diagnostics, sources };
}

async function renderedProject(project: Project, loaded: LoadResult, request: ConfigRequest): Promise<string> {
  const { format = 'yaml', pinning } = request;
  if (pinning === undefined)
    return request.quiet === true ? '' : await marked(renderConfig(project, format), loaded, request);
  const { pinProject } = await import('./pin-images.ts');
  const pinned = await pinProject(project, loaded, pinning);
  if (!pinning.lock) return renderConfig(pinned, format);
  const services = Object.entries(pinned.services).map(([name, { image }]) => [name, image] as const);
  return renderImageLock(services, format, false);
}

async function marked(
  text: string,
  { provenance }: LoadResult,
  { markOrigins: showName }: ConfigRequest,
): Promise<string> {
  if (provenance === undefined || showName === undefined) return text;
  const { markOrigins } = await import('../loader/mark-origins.ts');
  return markOrigins(text, provenance, showName);
}

async function renderedRawModel(request: ConfigRequest, reader: SourceReader): Promise<ConfigResult> {
  const { format = 'yaml', pinning, quiet = false } = request;
  const loaded = await loadRawModel(
    request.markOrigins === undefined ? request.load : { ...request.load, provenance: true },
    reader,
  );
  const { model, projectName, diagnostics, sources } = loaded;
  if (model === undefined) throw new ProjectError(diagnostics, sources);
  if (pinning === undefined) {
    const text = quiet ? '' : await marked(renderRawModel(model, projectName, format), loaded, request);
    return { text, diagnostics, sources };
  }
  const { pinModel } = await import('./pin-images.ts');
  const pinned = await pinModel(model, loaded, pinning);
  const text = pinning.lock
    ? renderImageLock([...rawServiceImages(pinned)], format, true)
    : renderRawModel(pinned, projectName, format);
  return { text: quiet ? '' : text, diagnostics, sources };
}

async function renderedVariables(
  load: LoadRequest,
  reader: SourceReader,
  format: ConfigFormat | undefined,
): Promise<ConfigResult> {
  const { variables, diagnostics, sources } = await listVariables(load, reader);
  if (variables === undefined) throw new ProjectError(diagnostics, sources);
  return { text: renderVariables(variables, format ?? 'table'), diagnostics, sources };
}

function select(
  project: Project,
  selector: Exclude<ConfigSelector, 'variables'>,
  request: ConfigRequest,
  hashOf: ServiceHash,
): string {
  switch (selector) {
    case 'services':
      return lines(dependenciesFirst(project));
    case 'volumes':
      return lines(Object.keys(project.volumes));
    case 'networks':
      return lines(Object.keys(project.networks));
    case 'models':
      return lines(Object.values(project.models).map(modelReference));
    case 'profiles':
      return lines(allProfiles(project));
    case 'images':
      return lines(imagesOf(project));
    case 'environment':
      return lines(
        Object.entries(project.origin.environment)
          .map(([name, value]) => `${name}=${value}`)
          .sort(),
      );
    case 'hash': {
      const wanted = request.hashServices ?? '*';
      const names = wanted === '*' ? Object.keys(project.services) : wanted.split(',');
      checkServiceNames({ name: project.name, project }, names);
      return lines(
        names.toSorted().map((name) => {
          const service = project.services[name];
          if (service === undefined) throw new TopsailError('no-such-service', `no such service: ${name}: disabled`);
          return `${name} ${hashOf(name, service, project)}`;
        }),
      );
    }
  }
}

function lines(items: readonly string[]): string {
  return items.map((item) => `${item}\n`).join('');
}

function dependenciesFirst(project: Project): readonly string[] {
  const ordered = new Set<string>();
  const visiting = new Set<string>();
  const visit = (name: string): void => {
    const service = project.services[name];
    if (service === undefined || visiting.has(name)) return;
    visiting.add(name);
    for (const dependency of Object.keys(service.depends_on ?? {})) visit(dependency);
    ordered.add(name);
  };
  for (const name of Object.keys(project.services)) visit(name);
  return [...ordered];
}

function modelReference(model: unknown): string {
  return model !== null && typeof model === 'object' && 'model' in model ? String(model.model) : '';
}

function allProfiles(project: Project): readonly string[] {
  const services = [...Object.values(project.services), ...Object.values(project.origin.disabledServices)];
  return [...new Set(services.flatMap((service) => service.profiles ?? []))].sort();
}

/** One image per service: its own, or the name its build gets. Services of a provider have none. */
function imagesOf(project: Project): readonly string[] {
  return Object.entries(project.services).flatMap(([name, service]) => {
    if (service.provider !== undefined) return [];
    return [service.image ?? `${project.name}-${name}`];
  });
}
