import { type BuildOptions, build as buildImages } from './compose/build.ts';
import { checkStartable } from './compose/check-startable.ts';
import type { ContainerRow } from './compose/container-row.ts';
import { type DownOptions, down as downProject } from './compose/down.ts';
import { type KillOptions, kill as killContainers } from './compose/kill.ts';
import type { LoadedProject } from './compose/load-project-strictly.ts';
import { type LogsOptions, logs as projectLogs } from './compose/logs.ts';
import type { ComposePorts } from './compose/ports.ts';
import { type PrepareUpOptions, prepareUp } from './compose/prepare-up.ts';
import { ps as listContainers, type PsOptions } from './compose/ps.ts';
import { type PullOptions, pull as pullImages } from './compose/pull.ts';
import { type PushOptions, push as pushImages } from './compose/push.ts';
import { type RemoveOptions, remove as removeContainers } from './compose/remove.ts';
import { type RestartOptions, restart as restartContainers } from './compose/restart.ts';
import { type StartOptions, start as startContainers } from './compose/start.ts';
import { type StopOptions, stop as stopContainers } from './compose/stop.ts';
import { type ActionResult, up as upProject } from './compose/up.ts';
import type { UpOptions } from './compose/up-options.ts';
import { type ContainerUsage, usage as readUsage } from './compose/usage.ts';
import { connectEngine } from './connect/connect-engine.ts';
import type { LogLine } from './follow/log-line.ts';
import { type ExistingProject, type LoadOptions, load, loaded, type ProjectSource, refer } from './library/load.ts';
import { defaultInputs, type EngineChoice, openPorts, withEngine } from './library/open-engine.ts';
import type { LoadRequest } from './loader/load-request.ts';
import type { Plan } from './plan/plan.ts';
import type { Project } from './project/project.ts';

export type { Endpoint } from './compose/endpoints.ts';
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
export type { SweepReport, SweptCopy } from './instances/sweep.ts';
export { endpoints, type InstanceOptions, instance } from './library/instance.ts';
export { type Lease, lease, type SharedInstance, type ShareOptions, share, sweep } from './library/lease.ts';
export type { Operation, OperationKind } from './plan/operation.ts';
export type { Confirmation, Guard, PlanNode, PlanNotice } from './plan/plan.ts';
export { renderPlan } from './plan/render-plan.ts';
export type { RecreateStrategy, UpPolicy } from './plan/up-policy.ts';
export type { Service } from './project/service.ts';
export type { FieldChange } from './state/field-change.ts';
export type {
  ActionResult,
  BuildOptions,
  ComposePorts,
  ContainerRow,
  ContainerUsage,
  DownOptions,
  EngineChoice,
  ExistingProject,
  KillOptions,
  LoadedProject,
  LoadOptions,
  LoadRequest,
  LogLine,
  LogsOptions,
  Plan,
  Project,
  ProjectSource,
  PsOptions,
  PullOptions,
  PushOptions,
  RemoveOptions,
  RestartOptions,
  StartOptions,
  StopOptions,
  UpOptions,
};
export { connectEngine, load };

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

/** Starts the containers of a project that exist, with what they depend on; see {@link StartOptions}. Throws as {@link up}. */
export async function start(source: ExistingProject, options: StartOptions & EngineChoice = {}): Promise<ActionResult> {
  const reference = await refer(source);
  return withEngine(options, (ports) => startContainers(ports, reference, options));
}

/** Stops the containers of a project, dependents first, and keeps them. Throws as {@link up}. */
export async function stop(source: ExistingProject, options: StopOptions & EngineChoice = {}): Promise<ActionResult> {
  const reference = await refer(source);
  return withEngine(options, (ports) => stopContainers(ports, reference, options));
}

/** Restarts the containers of a project in place, dependencies first. Throws as {@link up}. */
export async function restart(
  source: ExistingProject,
  options: RestartOptions & EngineChoice = {},
): Promise<ActionResult> {
  const reference = await refer(source);
  return withEngine(options, (ports) => restartContainers(ports, reference, options));
}

/** Sends a signal to the running containers of a project. Throws as {@link up}. */
export async function kill(source: ExistingProject, options: KillOptions & EngineChoice = {}): Promise<ActionResult> {
  const reference = await refer(source);
  return withEngine(options, (ports) => killContainers(ports, reference, options));
}

/** Removes containers that do not run, if `confirm` agrees. Throws as {@link up}. */
export async function remove(
  source: ExistingProject,
  options: RemoveOptions & EngineChoice = {},
): Promise<ActionResult> {
  const reference = await refer(source);
  return withEngine(options, (ports) => removeContainers(ports, reference, options));
}

/** Pulls the images of a project's services and creates nothing else. Throws as {@link up}. */
export async function pull(source: ProjectSource, options: PullOptions & EngineChoice = {}): Promise<ActionResult> {
  const { project, ...written } = await loaded(source);
  return withEngine(options, (ports) => pullImages(ports, project, { ...written, ...options }));
}

/** Builds the images of a project's services and creates nothing else. Throws as {@link up}. */
export async function build(source: ProjectSource, options: BuildOptions & EngineChoice = {}): Promise<ActionResult> {
  const { project, ...written } = await loaded(source);
  return withEngine(options, async (ports) =>
    buildImages(ports, project, { ...written, ...(await defaultInputs(ports)), ...options }),
  );
}

/** Pushes what a project's services build; the nodes of the result have the digests. Throws as {@link up}. */
export async function push(source: ProjectSource, options: PushOptions & EngineChoice = {}): Promise<ActionResult> {
  const { project, ...written } = await loaded(source);
  return withEngine(options, (ports) => pushImages(ports, project, { ...written, ...options }));
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
