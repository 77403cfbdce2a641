import type { ContainerCreateRequest } from '../../engine/container.ts';
import { isEngineError } from '../../engine/engine-error.ts';
import type { OperationOf } from '../../plan/operation.ts';
import { requestWithReferences } from '../../state/container-references.ts';
import {
  CONFIG_HASH_LABEL,
  CONTAINER_NUMBER_LABEL,
  IMAGE_LABEL,
  PROJECT_LABEL,
  SERVICE_LABEL,
} from '../../state/labels.ts';
import { connectOnce } from '../connect-once.ts';
import { isImageMissing, isNameTaken, missingMountSource } from '../engine-refusals.ts';
import { containerHolding, type NameHolder, nameAttempts, nameDelay } from '../name-holder.ts';
import { imageMissing, mountSourceMissing, nameConflict } from '../operation-failures.ts';
import type { OperationHandler, Step } from '../operation-handler.ts';
import { serviceWords } from '../service-words.ts';
import { untilUnambiguous } from '../until-unambiguous.ts';

type Creation = OperationOf<'create-container'>;

/**
 * `POST /containers/create`. A name that a concurrent process has just given to the same container (same project and configuration)
 * adopts that one. Endpoints that the call could not carry are connected right after; if that fails the container goes again.
 */
export const createContainer: OperationHandler<'create-container'> = {
  lane: 'call',
  run: async (planned, step) => {
    const operation = withIds(planned, step);
    const { id, adopted } = await createOrAdopt(operation, step);
    const successor = await successorOf(operation, step);
    if (successor === undefined) await connectAll(id, operation, step, adopted);
    else if (!adopted) await discard(id, step);
    return { changed: true, id: successor ?? id };
  },
};

function withIds(operation: Creation, step: Step): Creation {
  const { references, providers = [] } = operation;
  const request = withVariables(operation.request, new Map(providers.flatMap((name) => [...step.variablesOf(name)])));
  if (references === undefined) return { ...operation, request };
  const ids = new Map(references.ids.map(({ text, container }) => [text, step.resolve(container)]));
  return { ...operation, request: requestWithReferences(request, references.hashed, ids) };
}

/** The request with variables of providers, which win over the file's. */
function withVariables(
  request: ContainerCreateRequest,
  variables: ReadonlyMap<string, string>,
): ContainerCreateRequest {
  if (variables.size === 0) return request;
  const kept = (request.Env ?? []).filter((entry) => !variables.has(entry.split('=')[0] ?? ''));
  return { ...request, Env: [...kept, ...[...variables].map(([name, value]) => `${name}=${value}`)].toSorted() };
}

async function createOrAdopt(
  operation: Creation,
  step: Step,
): Promise<{ readonly id: string; readonly adopted: boolean }> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return { id: await create(operation, step), adopted: false };
    } catch (error) {
      if (!isNameTaken(error)) throw explained(error, operation, step);
      const holder = await containerHolding(step.engine, operation.name, step.signal);
      if (holder !== undefined && isTwin(holder, operation, step)) return { id: holder.id, adopted: true };
      if (attempt === nameAttempts || holder?.leaving === false) {
        throw nameConflict(
          { cause: error },
          serviceWords(step.node),
          operation.name,
          holder?.words ?? 'another container',
        );
      }
    }
    await step.clock.sleep(nameDelay, step.signal);
  }
}

/**
 * Another process may have replaced the same container from beginning to end meanwhile: then its new one is adopted. Looked
 * for after an adoption too: whoever made that container finds the same and removes it again.
 */
async function successorOf(operation: Creation, step: Step): Promise<string | undefined> {
  const { former } = operation;
  if (former === undefined || (await exists(former.id, step))) return undefined;
  const holder = await containerHolding(step.engine, former.name, step.signal);
  return holder !== undefined && isTwin(holder, operation, step) ? holder.id : undefined;
}

async function exists(id: string, { engine, signal }: Step): Promise<boolean> {
  try {
    await engine.containers.inspect(id, { signal });
    return true;
  } catch (error) {
    if (isEngineError(error, 'not-found')) return false;
    throw error;
  }
}

async function create(operation: Creation, step: Step): Promise<string> {
  const { name, platform, request } = operation;
  const body = withImageLabel(request, step);
  const { id, warnings } = await untilUnambiguous(step.clock, step.signal, () =>
    step.engine.containers.create(
      { name, ...(platform === undefined ? {} : { platform }), body },
      { signal: step.signal },
    ),
  );
  for (const warning of warnings) step.warn(warning);
  return id;
}

/** The image label says which image the container was made from; after a pull of this plan only the result knows. */
function withImageLabel(request: ContainerCreateRequest, step: Step): ContainerCreateRequest {
  const pulled = step.pulledImage(request.Image);
  return pulled === undefined ? request : { ...request, Labels: { ...request.Labels, [IMAGE_LABEL]: pulled } };
}

function isTwin({ labels }: NameHolder, { service, number, request }: Creation, { project }: Step): boolean {
  const hash = request.Labels?.[CONFIG_HASH_LABEL];
  return (
    hash !== undefined &&
    labels[CONFIG_HASH_LABEL] === hash &&
    labels[PROJECT_LABEL] === project &&
    labels[SERVICE_LABEL] === service &&
    labels[CONTAINER_NUMBER_LABEL] === String(number)
  );
}

function explained(error: unknown, { service, request }: Creation, { node }: Step): unknown {
  if (isImageMissing(error))
    return imageMissing({ cause: error }, serviceWords(node), request.Image, 'it is not on the engine');
  const path = missingMountSource(error);
  return path === undefined ? error : mountSourceMissing({ cause: error }, service, path);
}

/**
 * Not interrupted by an abort half way: a container without one of its networks would look complete to the next run. One that was
 * adopted is connected by its maker too, whoever comes first, because it is started right after.
 */
async function connectAll(
  id: string,
  { connect }: Creation,
  ports: Pick<Step, 'engine' | 'clock'>,
  adopted: boolean,
): Promise<void> {
  const whole = new AbortController().signal;
  try {
    for (const { network, request } of connect) await connectOnce(ports, { network, container: id, request }, whole);
  } catch (error) {
    if (!adopted) await discard(id, ports);
    throw error;
  }
}

async function discard(id: string, { engine }: Pick<Step, 'engine'>): Promise<void> {
  try {
    await engine.containers.remove(id, { force: true, volumes: true });
  } catch (error) {
    if (!isEngineError(error)) throw error;
  }
}
