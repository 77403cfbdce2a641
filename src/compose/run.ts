import { randomBytes } from 'node:crypto';
import type { CallOptions } from '../engine/engine.ts';
import { isEngineError } from '../engine/engine-error.ts';
import type { ExecutionResult } from '../events/execution-result.ts';
import { nodeFailure } from '../execution/node-failure.ts';
import type { OperationOf } from '../plan/operation.ts';
import type { Plan, PlanNode } from '../plan/plan.ts';
import type { UpPolicy } from '../plan/up-policy.ts';
import type { Project } from '../project/project.ts';
import type { Address } from '../state/address.ts';
import { PROJECT_LABEL, SLUG_LABEL } from '../state/labels.ts';
import { type OneOffIdentity, type OneOffOverrides, withOneOffService } from '../state/one-off.ts';
import { type AttachContainerOptions, attachContainer } from './attach-container.ts';
import { carryOut } from './carry-out.ts';
import { carryOutUp } from './carry-out-up.ts';
import { checkStartable } from './check-startable.ts';
import { requireSuccess } from './execution-failure.ts';
import type { InteractiveProcess } from './interactive-process.ts';
import type { ComposePorts } from './ports.ts';
import { prepareUp } from './prepare-up.ts';
import { checkServiceNames } from './project-reference.ts';
import { tellWarnings } from './tell-warnings.ts';
import type { CarryOutOptions, DesiredInputs, UpOptions } from './up-options.ts';

/** What `run` may be told. */
export interface RunOptions
  extends CarryOutOptions,
    DesiredInputs,
    Pick<UpPolicy, 'pull' | 'removeOrphans' | 'ignoreOrphans' | 'withoutDependencies'>,
    Pick<UpOptions, 'written'> {
  readonly service: string;
  /** What is different from the service. */
  readonly overrides: OneOffOverrides;
  /** Name of the container. */
  readonly name?: string;
  readonly useAliases?: boolean;
  /** The engine removes the container when it has ended. */
  readonly autoRemove?: boolean;
}

/** A container for one run of a service, created and not started. Whoever cannot start it calls nothing more on it. */
export interface OneOff {
  readonly id: string;
  readonly terminal: boolean;
  readonly input: boolean;
  /** Attaches before the start, so that nothing of a short-lived container is lost. Throws as `start`. */
  attach(options?: Pick<AttachContainerOptions, 'detachKeys' | 'signal'>): Promise<InteractiveProcess>;
  /** Starts it. A container that was to be removed is, if that fails or the signal aborts first. Throws as `up`. */
  start(call?: CallOptions): Promise<void>;
}

/**
 * Creates a container for one run of a service, once its dependencies are what it waits for. They are brought up as `up` does, and
 * the service's own containers are left alone. Throws as `up`; what was created for this run goes again then.
 */
export async function createOneOff(ports: ComposePorts, project: Project, options: RunOptions): Promise<OneOff> {
  const { service, overrides } = options;
  checkServiceNames({ name: project.name, project }, [service]);
  const changed = withOneOffService(project, service, overrides);
  checkStartable(changed, options.written);
  const slug = randomBytes(32).toString('hex');
  const upOptions: UpOptions = { ...options, targets: [service], oneOff: identityOf(options, slug) };
  const prepared = await prepareUp(ports, changed, upOptions);
  tellWarnings(ports, prepared.warnings, options.onEvent);
  const { plan, execution } = await carryOutUp(ports, prepared, upOptions);
  try {
    requireSuccess(execution, plan, options.signal, options.written);
  } catch (error) {
    await discard(ports, { project: project.name, slug });
    throw error;
  }
  return oneOffContainer(ports, createdBy(plan, execution, service), options);
}

function oneOffContainer(
  ports: ComposePorts,
  { id, node }: CreatedContainer,
  { overrides, autoRemove: remove }: RunOptions,
): OneOff {
  const streams = { terminal: overrides.terminal === true, input: overrides.input === true };
  const autoRemove = remove === true;
  return {
    id,
    ...streams,
    attach: async (options = {}) => {
      try {
        return await attachContainer(ports, id, { ...streams, ...options, autoRemove });
      } catch (error) {
        // Podman prepares the process already for this, so that what is wrong with it shows here.
        if (autoRemove || isEngineError(error, 'aborted')) await removeContainer(ports, id);
        throw nodeFailure(node, error, []);
      }
    },
    start: (call = {}) => start(ports, node, { ...call, id, autoRemove }),
  };
}

/** The container, and the node that starts it. */
interface CreatedContainer {
  readonly id: string;
  readonly node: PlanNode;
}

function createdBy(plan: Plan, execution: ExecutionResult, name: string): CreatedContainer {
  for (const { address, operation } of plan.nodes) {
    const id = execution.containers.get(address);
    if (operation.kind !== 'create-container' || operation.service !== name || id === undefined) continue;
    return { id, node: startNode(address, operation, id) };
  }
  throw new TypeError(`the plan of a run has created no container of ${name}`);
}

/** The start is a step like any other, so that what keeps it from happening is told in the same words. */
function startNode(address: Address, { service, name }: OperationOf<'create-container'>, id: string): PlanNode {
  const container = { kind: 'known', id, name } as const;
  const operation = { kind: 'start-container', service, container } as const;
  return { id: `start ${address}`, address, operation, needs: [], cause: 'created' };
}

function identityOf({ service, name, useAliases, autoRemove, overrides }: RunOptions, slug: string): OneOffIdentity {
  return {
    service,
    slug,
    ...(name === undefined ? {} : { name }),
    useAliases: useAliases === true,
    autoRemove: autoRemove === true,
    input: overrides.input === true,
  };
}

async function start(
  ports: ComposePorts,
  node: PlanNode,
  { id, autoRemove, signal }: CallOptions & { readonly id: string; readonly autoRemove: boolean },
): Promise<void> {
  const plan: Plan = { project: '', nodes: [node], notices: [], confirmations: [] };
  const execution = await carryOut(ports, plan, signal === undefined ? {} : { signal });
  try {
    requireSuccess(execution, plan, signal);
  } catch (error) {
    // What never ran, the engine does not remove.
    if (autoRemove || execution.aborted) await removeContainer(ports, id);
    throw error;
  }
}

/** Removes what a run that did not come about has created. */
async function discard(
  { engine }: Pick<ComposePorts, 'engine'>,
  { project, slug }: { readonly project: string; readonly slug: string },
): Promise<void> {
  const labels = [`${PROJECT_LABEL}=${project}`, `${SLUG_LABEL}=${slug}`];
  // The error that is on its way says more than one about tidying up.
  const found = await engine.containers.list({ all: true, labels }).catch(() => []);
  for (const { Id } of found) await removeContainer({ engine }, Id);
}

async function removeContainer({ engine }: Pick<ComposePorts, 'engine'>, id: string): Promise<void> {
  try {
    await engine.containers.remove(id, { force: true, volumes: true });
  } catch (error) {
    if (!isEngineError(error)) throw error;
  }
}
