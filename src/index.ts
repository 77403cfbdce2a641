import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, resolve } from 'node:path';
import { checkStartable } from './compose/check-startable.ts';
import type { ContainerRow } from './compose/container-row.ts';
import { type DownOptions, down as downProject } from './compose/down.ts';
import { type LoadedProject, loadProjectStrictly } from './compose/load-project-strictly.ts';
import { type LogsOptions, logs as projectLogs } from './compose/logs.ts';
import { namedEnvironment } from './compose/named-environment.ts';
import type { ComposePorts } from './compose/ports.ts';
import { type PrepareUpOptions, prepareUp } from './compose/prepare-up.ts';
import type { ProjectReference } from './compose/project-reference.ts';
import { ps as listContainers, type PsOptions } from './compose/ps.ts';
import { type ActionResult, up as upProject } from './compose/up.ts';
import type { DesiredInputs, UpOptions } from './compose/up-options.ts';
import { type ContainerUsage, usage as readUsage } from './compose/usage.ts';
import { connectEngine } from './connect/connect-engine.ts';
import { loginsForContainers } from './connect/docker-credentials.ts';
import { localHostNetwork } from './connect/local-host-network.ts';
import { openProber } from './connect/open-prober.ts';
import { proxyEnvironment } from './connect/proxy-environment.ts';
import { systemClock } from './connect/system-clock.ts';
import type { Engine } from './engine/engine.ts';
import { isEngineError } from './engine/engine-error.ts';
import type { LogLine } from './follow/log-line.ts';
import type { LoadRequest } from './loader/load-request.ts';
import type { Plan } from './plan/plan.ts';
import type { Project } from './project/project.ts';
import { createDiskSourceReader } from './source/disk-source-reader.ts';

export { ExecutionFailure } from './compose/execution-failure.ts';
export { ProjectError } from './compose/project-error.ts';
export { type ProjectGraph, type ProjectGraphEdge, projectGraph } from './compose/project-graph.ts';
export { toolVersion as version } from './compose/tool-version.ts';
export type { Diagnostic, RelatedPlace, Severity } from './diagnostics/diagnostic.ts';
export { renderDiagnostic } from './diagnostics/render-diagnostic.ts';
export type { SourcePosition, SourceRange } from './diagnostics/source-range.ts';
export type { SourceText } from './diagnostics/source-text.ts';
export { type ErrorOrigin, isTopsailError, TopsailError } from './diagnostics/topsail-error.ts';
export type { Engine, EngineDescription } from './engine/engine.ts';
export { EngineError, type EngineErrorKind, isEngineError } from './engine/engine-error.ts';
export type { EventSink, LogSource, NodeIdentity, NodeOutcome, TopsailEvent } from './events/event.ts';
export type { ExecutionResult, NodeResult } from './events/execution-result.ts';
export type { Timeline, TimelineRow } from './events/timeline.ts';
export type { Operation, OperationKind } from './plan/operation.ts';
export type { Confirmation, Guard, PlanNode, PlanNotice } from './plan/plan.ts';
export { renderPlan } from './plan/render-plan.ts';
export type { RecreateStrategy, UpPolicy } from './plan/up-policy.ts';
export type { Service } from './project/service.ts';
export type { FieldChange } from './state/field-change.ts';
export type {
  ActionResult,
  ComposePorts,
  ContainerRow,
  ContainerUsage,
  DownOptions,
  LoadedProject,
  LoadRequest,
  LogLine,
  LogsOptions,
  Plan,
  Project,
  PsOptions,
  UpOptions,
};
export { connectEngine };

/** What to load in the words of {@link LoadRequest}; the process's directory, environment and home are the defaults. */
export type LoadOptions = Partial<LoadRequest>;

/**
 * Where a project comes from: the path of a compose file or of the folder it is in, what to load, or a project that is
 * loaded already.
 */
export type ProjectSource = string | LoadOptions | Project | LoadedProject;

/** A project of which containers may exist: also by its name alone, without any file. */
export type ExistingProject = ProjectSource | { readonly name: string };

/** Which engine is used: the given one, or the one a Docker client would find. A given engine is left open. */
export interface EngineChoice {
  readonly engine?: Engine;
  /** An address in the words of `DOCKER_HOST`. */
  readonly host?: string;
  /** Name of a docker context. */
  readonly context?: string;
}

/**
 * Loads a project. Throws a ProjectError with every finding if there is an error among them.
 */
export async function load(source: string | LoadOptions): Promise<LoadedProject> {
  const options = typeof source === 'string' ? await optionsOfPath(source) : source;
  const request: LoadRequest = {
    workingDirectory: process.cwd(),
    environment: namedEnvironment(process.env),
    homeDirectory: homedir(),
    ...options,
  };
  return loadProjectStrictly(request, createDiskSourceReader({ standardInput: process.stdin }));
}

/** Computes what `up` would do and why; the engine is read once and not written. Throws as {@link up}. */
export async function plan(source: ProjectSource, options: PrepareUpOptions & EngineChoice = {}): Promise<Plan> {
  const { project, ...written } = await loaded(source);
  checkStartable(project, written.written);
  return withEngine(options, async (ports) => {
    const prepared = await prepareUp(ports, project, { ...written, ...(await defaultInputs(ports)), ...options });
    return prepared.plan;
  });
}

/**
 * Brings a project up and returns when everything has been started (with `wait`: is ready). Throws a ProjectError for
 * what is wrong with the file, an ExecutionFailure with all that failed on the engine, an EngineError if there is none,
 * and the signal's reason if aborted.
 */
export async function up(source: ProjectSource, options: UpOptions & EngineChoice = {}): Promise<ActionResult> {
  const { project, ...written } = await loaded(source);
  return withEngine(options, async (ports) =>
    upProject(ports, project, { ...written, ...(await defaultInputs(ports)), ...options }),
  );
}

/** Takes a project down; see {@link DownOptions}. Throws as {@link up}. */
export async function down(source: ExistingProject, options: DownOptions & EngineChoice = {}): Promise<ActionResult> {
  const reference = await refer(source);
  return withEngine(options, (ports) => downProject(ports, reference, options));
}

/** Lists the containers of a project. */
export async function ps(
  source: ExistingProject,
  options: PsOptions & EngineChoice = {},
): Promise<readonly ContainerRow[]> {
  const reference = await refer(source);
  return withEngine(options, (ports) => listContainers(ports, reference, options));
}

/** Use of processor, memory and processes by a project's running containers, against their limits. */
export async function usage(
  source: ExistingProject,
  options: PsOptions & EngineChoice = {},
): Promise<readonly ContainerUsage[]> {
  const reference = await refer(source);
  return withEngine(options, async (ports) =>
    readUsage(ports, await listContainers(ports, reference, options), options),
  );
}

/** What a project's containers wrote, in the order of time; with `follow` until all have exited or the signal aborts. */
export async function* logs(
  source: ExistingProject,
  options: LogsOptions & EngineChoice = {},
): AsyncGenerator<LogLine, void, undefined> {
  const reference = await refer(source);
  const { ports, release } = await openPorts(options);
  try {
    yield* projectLogs(ports, reference, options);
  } finally {
    await release();
  }
}

/** What the command takes from its surroundings too, so that both want the same of the engine. */
async function defaultInputs({ engine }: ComposePorts): Promise<DesiredInputs> {
  const search = { environment: process.env, homeDirectory: homedir() };
  const hostNetwork = localHostNetwork(engine.description.endpoint);
  return {
    containerEnvironment: await proxyEnvironment(search, engine.description.endpoint),
    readText: (path) => readFile(path, 'utf8'),
    ...(hostNetwork === undefined ? {} : { hostNetwork }),
    registryLogins: () => loginsForContainers(search),
  };
}

type CallChoice = EngineChoice & { readonly signal?: AbortSignal };

async function withEngine<Result>(choice: CallChoice, work: (ports: ComposePorts) => Promise<Result>): Promise<Result> {
  try {
    const { ports, release } = await openPorts(choice);
    try {
      return await work(ports);
    } finally {
      await release();
    }
  } catch (error) {
    // Whatever call the abort broke off, the caller hears the reason that was given for it.
    if (isEngineError(error, 'aborted')) choice.signal?.throwIfAborted();
    throw error;
  }
}

async function openPorts(choice: CallChoice): Promise<{ ports: ComposePorts; release: () => Promise<void> }> {
  if (choice.engine !== undefined) {
    return { ports: portsOf(choice.engine), release: () => Promise.resolve() };
  }
  const engine = await connectEngine({
    environment: namedEnvironment(process.env),
    homeDirectory: homedir(),
    ...(choice.host === undefined ? {} : { host: choice.host }),
    ...(choice.context === undefined ? {} : { context: choice.context }),
    ...(choice.signal === undefined ? {} : { signal: choice.signal }),
  });
  return { ports: portsOf(engine), release: () => engine.close() };
}

function portsOf(engine: Engine): ComposePorts {
  return { engine, clock: systemClock, prober: openProber(engine.description.endpoint, namedEnvironment(process.env)) };
}

async function loaded(source: ProjectSource): Promise<{ readonly project: Project; readonly written?: LoadedProject }> {
  if (typeof source !== 'string') {
    if (isProject(source)) return { project: source };
    if (isLoaded(source)) return { project: source.project, written: source };
  }
  const written = await load(source);
  return { project: written.project, written };
}

async function refer(source: ExistingProject): Promise<ProjectReference> {
  if (typeof source !== 'string' && 'name' in source && !isProject(source)) {
    return { name: source.name, project: undefined };
  }
  const { project } = await loaded(source);
  return { name: project.name, project };
}

function isProject(source: object): source is Project {
  return 'services' in source && 'origin' in source;
}

function isLoaded(source: object): source is LoadedProject {
  return 'project' in source && 'locate' in source;
}

/** A folder is searched as `topsail` would from inside it; a file is taken as it is. */
async function optionsOfPath(path: string): Promise<LoadOptions> {
  const absolute = resolve(path);
  const found = await stat(absolute).catch(() => undefined);
  if (found?.isDirectory() === true) return { workingDirectory: absolute };
  return { workingDirectory: dirname(absolute), files: [absolute] };
}
