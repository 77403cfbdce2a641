import { toSourceRange } from '../diagnostics/source-text.ts';
import type { DocumentNode, MappingNode } from '../document/node.ts';
import type { JsonValue, Named, Project } from '../project/project.ts';
import type { Service } from '../project/service.ts';
import type { SourceReader } from '../source/source-reader.ts';
import { applyProfiles, requestedProfiles } from './apply-profiles.ts';
import { bindModel } from './bind/bind-model.ts';
import type { BindScope } from './bind/reader.ts';
import { checkContainerNames } from './check-container-names.ts';
import { checkConsistency } from './consistency/check-consistency.ts';
import { type CanonicalLoad, loadCanonicalModel } from './load-canonical-model.ts';
import type { LoadRequest, LoadResult } from './load-request.ts';
import { type LoadSession, startSession } from './load-session.ts';
import { projectProvenance } from './provenance-of.ts';
import { pruneResources } from './prune-resources.ts';
import { explicitEnvironmentFiles, variables } from './read-environment.ts';
import { configForm, rawForm } from './render-config.ts';
import { resolveServiceEnvironment } from './resolve-bare-names.ts';
import { resolveServiceFiles } from './resolve-service-files.ts';
import { scaleToReplicas } from './scale-to-replicas.ts';
import { concernedServices, selectServices } from './select-services.ts';
import { sortDiagnostics } from './sort-diagnostics.ts';
import { locateSpan, pathSteps } from './tree/locate.ts';
import { memberText } from './tree/nodes.ts';
import { unboundMembers } from './unbound-members.ts';
import { hintAtServiceVariables } from './warnings/service-variables.ts';
import { warnOfSurprises } from './warnings/warn-of-surprises.ts';

/** How a project is loaded beside the request. */
export interface LoadOptions {
  /** Keep `x-*` members of nested sections as plain members, which only the YAML form of `config` shows. */
  readonly keepExtensions?: boolean;
}

/**
 * Loads a project: every phase of Compose's loading, in its order (spec-facts section 1). Reads nothing but its reader
 * and request; never throws on bad input, every fault is a diagnostic with its place.
 */
export async function loadProject(
  request: LoadRequest,
  reader: SourceReader,
  options: LoadOptions = {},
): Promise<LoadResult> {
  const session = startSession(request, reader);
  const canonical = await loadCanonicalModel(session);
  if (canonical === undefined) return resultOf(session, undefined, undefined);
  const { project, tree } = await finishProject(session, canonical, options);
  const form = session.trace === undefined || project === undefined ? undefined : configForm(project);
  return { ...resultOf(session, project, tree), ...provenanceMember(session, canonical, form, tree) };
}

/**
 * As {@link loadProject}, up to the normalised model before binding: what `config --no-interpolate` prints. A model that is
 * not normalised has no project name but the one that is written in it.
 */
export async function loadRawModel(
  request: LoadRequest,
  reader: SourceReader,
): Promise<LoadResult & { readonly model?: DocumentNode; readonly projectName?: string }> {
  const session = startSession(request, reader);
  const canonical = await loadCanonicalModel(session);
  const result = resultOf(session, undefined, canonical?.model);
  if (canonical === undefined || session.findings.failed) return result;
  const { model } = canonical;
  const projectName = request.normalize === false ? undefined : canonical.projectName;
  const form = session.trace === undefined ? undefined : rawForm(model, projectName);
  const name = projectName === undefined ? {} : { projectName };
  return { ...result, ...provenanceMember(session, canonical, form, model), model, ...name };
}

/** The phases on the typed project, in order. */
async function finishProject(
  session: LoadSession,
  canonical: CanonicalLoad,
  options: LoadOptions,
): Promise<{ readonly project: Project | undefined; readonly tree: MappingNode }> {
  const { request, findings } = session;
  // Names without value in environment.
  const model = resolveServiceEnvironment(canonical.model, canonical.lookup);
  // Typed values.
  const scope: BindScope = { findings, keepExtensions: options.keepExtensions === true };
  const bound = bindModel(model, scope);
  // Which services are enabled.
  const named = request.services ?? [];
  const requested = requestedProfiles(request.profiles ?? [], canonical.variables);
  const services = applyProfiles(bound.services, requested, [...named, ...(request.enabled ?? [])]);
  // Whether they fit together.
  const consistent = request.checkConsistency !== false;
  if (consistent) checkConsistency({ bound, services: concernedServices(services, named), tree: model, findings });
  // Which of them are wanted.
  const selected = selectServices(
    { ...services, enabled: consistent ? scaleToReplicas(services.enabled) : services.enabled },
    named,
    {
      findings,
      consistencyChecked: consistent,
      withoutDependencies: request.withoutDependencies === true,
      placeOf: (service, target) => locateSpan(model, ['services', service, 'depends_on', target]),
    },
  );
  // Their env and label files.
  const complete =
    request.resolveEnvironment === false
      ? { services: selected, tree: model }
      : await resolveServiceFiles(selected, { model, lookup: canonical.lookup }, session, scope);
  // Which resources they use.
  const resources = request.allResources === true ? bound : pruneResources(bound, complete.services);
  // Whether two want one container name.
  const placeOf = (service: string) => locateSpan(complete.tree, ['services', service, 'container_name']);
  if (consistent) checkContainerNames(complete.services, placeOf, findings);
  // What env files define that interpolation did not find.
  hintAtServiceVariables(session);
  if (findings.failed) return { project: undefined, tree: complete.tree };
  // What is right and yet not what it seems; commands on existing containers do not look at the files that closely.
  if (request.resolveEnvironment !== false) {
    await warnOfSurprises({ services: complete.services, disabled: services.disabled, tree: complete.tree }, session);
  }
  const { networks, volumes, configs, secrets, models } = resources;
  const project: Project = {
    name: shownName(session, canonical),
    services: complete.services,
    networks,
    volumes,
    configs,
    secrets,
    models,
    extensions: bound.extensions,
    origin: {
      ...originOf(session, canonical, services),
      ...unselected(services.enabled, complete.services),
      ...unboundMembers(model),
    },
  };
  return { project, tree: complete.tree };
}

/** A name from a file is normalised with everything else, or not at all. */
function shownName({ request }: LoadSession, { model, nameSource, projectName }: CanonicalLoad): string {
  const asWritten = request.normalize === false && nameSource.kind === 'compose-file';
  return (asWritten ? memberText(model, 'name') : undefined) ?? projectName;
}

function originOf(
  session: LoadSession,
  canonical: CanonicalLoad,
  services: {
    readonly enabled: Named<Service>;
    readonly disabled: Named<Service>;
    readonly profiles: readonly string[];
  },
): Project['origin'] {
  return {
    workingDirectory: canonical.workingDirectory,
    configFiles: canonical.configFiles,
    environmentFiles: explicitEnvironmentFiles(session),
    environment: variables({ ...Object.fromEntries(session.borrowedVariables), ...canonical.variables }),
    disabledServices: services.disabled,
    enabledServices: Object.keys(services.enabled),
    profiles: services.profiles,
  };
}

function unselected(enabled: Named<Service>, selected: Named<Service>): Pick<Project['origin'], 'unselectedServices'> {
  const left = Object.entries(enabled).filter(([name]) => !Object.hasOwn(selected, name));
  if (left.length === 0) return {};
  const named = Object.create(null) as Record<string, Service>;
  for (const [name, service] of left) named[name] = service;
  return { unselectedServices: named };
}

function provenanceMember(
  session: LoadSession,
  canonical: CanonicalLoad,
  project: JsonValue | undefined,
  tree: MappingNode,
): Pick<LoadResult, 'provenance'> {
  if (session.trace === undefined || project === undefined) return {};
  return {
    provenance: projectProvenance(session.trace, {
      tree,
      project,
      nameSource: canonical.nameSource,
      scalesReplicas: session.request.checkConsistency !== false,
    }),
  };
}

function resultOf(session: LoadSession, project: Project | undefined, tree: MappingNode | undefined): LoadResult {
  return {
    ...(project === undefined ? {} : { project }),
    diagnostics: sortDiagnostics(session.findings.diagnostics, session.sources.keys()),
    sources: session.sources,
    locate: (path) => (tree === undefined ? undefined : toSourceRange(locateSpan(tree, pathSteps(path)))),
  };
}
