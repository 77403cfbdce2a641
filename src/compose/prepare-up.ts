import { isAbsolute, join } from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { observeProject } from '../observe/observe-project.ts';
import type { Plan } from '../plan/plan.ts';
import { planUp } from '../plan/plan-up.ts';
import type { UpPolicy } from '../plan/up-policy.ts';
import { parseSwitch } from '../project/boolean-words.ts';
import type { Project } from '../project/project.ts';
import { usesApiSocket, withApiSocket } from '../state/api-socket.ts';
import { desiredState } from '../state/derive-desired-state.ts';
import type { DesiredState } from '../state/desired-state.ts';
import { type ServedModels, withModelVariables } from '../state/model-variables.ts';
import type { ObservedState } from '../state/observed-state.ts';
import { withOneOff } from '../state/one-off.ts';
import { seccompProfilePaths } from '../state/security-options.ts';
import { assignResources, type TakenResources } from './assign-resources.ts';
import { requireNoErrors } from './check-startable.ts';
import { defaultPlatformOf } from './default-platform.ts';
import type { ComposePorts } from './ports.ts';
import { checkServiceNames } from './project-reference.ts';
import { servedModels } from './served-models.ts';
import { toolVersion } from './tool-version.ts';
import type { DesiredInputs, UpOptions } from './up-options.ts';

/** What the plan of `up` is computed from. */
export type PrepareUpOptions = UpPolicy & DesiredInputs & Pick<UpOptions, 'signal' | 'written' | 'oneOff'>;

/** What an `up` is going to do, and what it was computed from. */
export interface PreparedUp {
  /** The project as it was given. */
  readonly source: Project;
  /** The project with the host ports and subnets that were assigned to it. */
  readonly project: Project;
  readonly desired: DesiredState;
  readonly observed: ObservedState;
  readonly plan: Plan;
  /** Findings of planning that refuse nothing. */
  readonly warnings: readonly Diagnostic[];
}

/**
 * Computes the plan of `up`: reads the engine once and writes nothing. `taken` are ports and subnets that an attempt found to
 * be somebody else's. Throws `no-such-service` for a scale, `no-free-port`, `no-free-subnet`, a ProjectError for what the
 * engine or the command line make impossible, and EngineError.
 */
export async function prepareUp(
  ports: ComposePorts,
  source: Project,
  options: PrepareUpOptions = {},
  taken?: TakenResources,
): Promise<PreparedUp> {
  checkServiceNames({ name: source.name, project: source }, [...(options.scale?.keys() ?? [])]);
  const { project, diagnostics: findings } = await assignResources(ports, source, options, taken);
  const shared = requireNoErrors(findings, options.written);
  const call = options.signal === undefined ? {} : { signal: options.signal };
  const models = await servedModels(ports, project, options.written, call);
  const wanted = await desire(project, { ...options, ...(models === undefined ? {} : { models }) });
  const desired = options.oneOff === undefined ? wanted : withOneOff(wanted, options.oneOff);
  const observed = await observeProject(ports.engine, desired, ports.clock, call);
  const { plan, diagnostics } = planUp(desired, observed, options);
  return {
    source,
    project,
    desired,
    observed,
    plan,
    warnings: [...shared, ...requireNoErrors(diagnostics, options.written)],
  };
}

/** Computes what a project wants the engine to hold. */
export async function desire(
  project: Project,
  inputs: DesiredInputs & { readonly models?: ServedModels },
): Promise<DesiredState> {
  const { models } = inputs;
  const modelled = models === undefined ? project : withModelVariables(project, models);
  const complete = usesApiSocket(modelled)
    ? withApiSocket(modelled, (await inputs.registryLogins?.()) ?? noLogins)
    : modelled;
  const platform = defaultPlatformOf(project);
  return desiredState(complete, {
    toolVersion,
    compatibility:
      inputs.compatibility ?? parseSwitch(project.origin.environment['COMPOSE_COMPATIBILITY'] ?? '') ?? false,
    ...(models === undefined ? {} : { models }),
    ...(platform === undefined ? {} : { defaultPlatform: platform }),
    ...(inputs.containerEnvironment === undefined ? {} : { containerEnvironment: inputs.containerEnvironment }),
    seccompProfiles: await readProfiles(project, inputs.readText),
  });
}

const noLogins = '{}\n';

async function readProfiles(
  project: Project,
  readText: DesiredInputs['readText'],
): Promise<ReadonlyMap<string, string>> {
  const profiles = new Map<string, string>();
  if (readText === undefined) return profiles;
  for (const path of Object.values(project.services).flatMap(seccompProfilePaths)) {
    if (profiles.has(path)) continue;
    profiles.set(path, await readText(isAbsolute(path) ? path : join(project.origin.workingDirectory, path)));
  }
  return profiles;
}
