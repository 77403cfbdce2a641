import { isEngineError } from '../../engine/engine-error.ts';
import type { NetworkInspect } from '../../engine/resource.ts';
import type { OperationOf } from '../../plan/operation.ts';
import { NETWORK_LABEL, PROJECT_LABEL } from '../../state/labels.ts';
import { isNameTaken, isSubnetRefusal } from '../engine-refusals.ts';
import { nameConflict, subnetTaken } from '../operation-failures.ts';
import type { OperationHandler, Step } from '../operation-handler.ts';

/**
 * `POST /networks/create`. Engines may hold two networks of one name when two processes make it at once: of those of the project the
 * earliest by (created, id) is kept by everybody, and whoever lost removes its own.
 */
export const createNetwork: OperationHandler<'create-network'> = {
  lane: 'call',
  run: async (operation, step) => {
    const own = await createOrAdopt(operation, step);
    const kept = (await namesakes(operation, step)).filter((network) => isOfProject(network, operation, step))[0];
    if (kept === undefined || own === kept.Id) return { changed: true, id: own };
    await removeLoser(own, step);
    return { changed: true, id: kept.Id };
  },
};

/** The id of the new network, or of the one that another process of the same project has made. */
async function createOrAdopt(operation: OperationOf<'create-network'>, step: Step): Promise<string> {
  try {
    const { id, warning } = await step.engine.networks.create(operation.request, { signal: step.signal });
    if (warning !== '') step.warn(warning);
    return id;
  } catch (error) {
    if (isSubnetRefusal(error) && isEngineError(error)) {
      const networks = await step.engine.networks.list({}, { signal: step.signal });
      throw subnetTaken({ cause: error }, operation.request.Name, error.message, networks.length);
    }
    if (!isNameTaken(error)) throw error;
    const found = await namesakes(operation, step);
    const ours = found.find((network) => isOfProject(network, operation, step));
    if (ours !== undefined) return ours.Id;
    throw nameConflict({ cause: error }, `network ${operation.key}`, operation.request.Name, ownerWords(found[0]));
  }
}

/** All networks of that name, the earliest first. */
async function namesakes(
  { request }: OperationOf<'create-network'>,
  { engine, signal }: Step,
): Promise<readonly NetworkInspect[]> {
  const found = await engine.networks.list({ names: [request.Name] }, { signal });
  return found.filter(({ Name: name }) => name === request.Name).sort(byAge);
}

function byAge(one: NetworkInspect, other: NetworkInspect): number {
  return Date.parse(one.Created) - Date.parse(other.Created) || (one.Id < other.Id ? -1 : 1);
}

function isOfProject(
  { Labels: labels }: NetworkInspect,
  { key }: OperationOf<'create-network'>,
  { project }: Step,
): boolean {
  return labels?.[PROJECT_LABEL] === project && labels[NETWORK_LABEL] === key;
}

function ownerWords(network: NetworkInspect | undefined): string {
  const project = network?.Labels?.[PROJECT_LABEL];
  return project === undefined ? 'a network outside of any project' : `a network of project ${project}`;
}

async function removeLoser(id: string, { engine, signal }: Step): Promise<void> {
  try {
    await engine.networks.remove(id, { signal });
  } catch (error) {
    if (!isEngineError(error, 'not-found')) throw error;
  }
}
