import { modelsUnavailable } from '../diagnostics/plan-diagnostics.ts';
import type { CallOptions } from '../engine/engine.ts';
import { ModelRunnerError } from '../engine/model-runner.ts';
import type { Project } from '../project/project.ts';
import { modelKeys, type ServedModels } from '../state/model-variables.ts';
import { requireNoErrors } from './check-startable.ts';
import type { ComposePorts } from './ports.ts';
import type { UpOptions } from './up-options.ts';

/**
 * What serves the models that a project's services use; undefined if none uses any. Throws a ProjectError that names such a
 * service if there is nothing that serves models.
 */
export async function servedModels(
  { models }: Pick<ComposePorts, 'models'>,
  project: Project,
  written: UpOptions['written'],
  call: CallOptions,
): Promise<ServedModels | undefined> {
  const [user] = Object.entries(project.services).find(([, service]) => modelKeys(service).length > 0) ?? [];
  if (user === undefined) return undefined;
  try {
    if (models === undefined) throw new ModelRunnerError('nothing here serves models');
    const [endpoint, available] = await Promise.all([models.endpoint(call), models.available(call)]);
    return { endpoint, available };
  } catch (error) {
    if (!(error instanceof ModelRunnerError)) throw error;
    requireNoErrors([modelsUnavailable(`services.${user}.models`, user, error.message)], written);
    throw error;
  }
}
