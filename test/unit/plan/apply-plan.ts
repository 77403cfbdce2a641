import type { MemoryEngine } from '../../../src/memory-engine/create-memory-engine.ts';
import type { ContainerTarget, Operation, OperationOf } from '../../../src/plan/operation.ts';
import type { Guard, Plan, PlanNode } from '../../../src/plan/plan.ts';
import { requestWithReferences } from '../../../src/state/container-references.ts';

type Creation = OperationOf<'create-container'>;

/**
 * Carries a plan out on an in-process engine, one node after another in the plan's order, waits excepted. Throws if a
 * node comes before one it needs. Answers every confirmation as given.
 */
export async function applyPlan(
  engine: MemoryEngine,
  plan: Plan,
  answers: ReadonlySet<string> = new Set(),
): Promise<void> {
  const created = new Map<string, string>();
  const changed = new Map<string, boolean>();
  const resolve = (target: ContainerTarget): string => {
    const id = target.kind === 'known' ? target.id : (created.get(target.address) ?? target.id);
    if (id === undefined) throw new Error(`nothing is at ${target.name}`);
    return id;
  };
  // Nothing goes wrong here, so nothing is taken back.
  const holds = (guard: Guard | undefined): boolean => {
    if (guard === undefined) return true;
    if (guard.kind === 'confirmed') return answers.has(guard.question);
    if (guard.kind === 'unless-done') return changed.get(guard.node) !== true;
    return guard.kind === 'any-changed' && guard.nodes.some((id) => changed.get(id) === true);
  };
  for (const node of plan.nodes) {
    for (const need of node.needs) if (!changed.has(need)) throw new Error(`${node.id} comes before ${need}`);
    changed.set(node.id, holds(node.guard) && (await applyNode(engine, node, resolve, created)));
  }
}

async function applyNode(
  engine: MemoryEngine,
  { address, operation }: PlanNode,
  resolve: (target: ContainerTarget) => string,
  created: Map<string, string>,
): Promise<boolean> {
  switch (operation.kind) {
    case 'build-image':
    case 'remove-leftover':
      throw new Error('this engine builds nothing');
    case 'pull-image':
      return pull(engine, operation);
    case 'push-image':
      for await (const line of engine.images.push(operation.reference)) void line;
      return true;
    case 'provide-service':
    case 'withdraw-service':
    case 'provide-model':
      return true;
    case 'create-network':
      await engine.networks.create(operation.request);
      return true;
    case 'remove-network':
      await engine.networks.remove(operation.id);
      return true;
    case 'create-volume':
      await engine.volumes.create(operation.request);
      return true;
    case 'remove-volume':
      await engine.volumes.remove(operation.name, true);
      return true;
    case 'create-container':
      created.set(address, await create(engine, filledIn(operation, resolve)));
      return true;
    case 'connect-network':
      await engine.networks.connect(operation.network, resolve(operation.container), operation.request);
      return true;
    case 'disconnect-network':
      await engine.networks.disconnect(operation.network, resolve(operation.container), true);
      return true;
    case 'start-container':
      await engine.containers.start(resolve(operation.container));
      return true;
    case 'stop-container':
      await engine.containers.stop(resolve(operation.container));
      return true;
    case 'restart-container':
      await engine.containers.restart(resolve(operation.container));
      return true;
    case 'kill-container':
      await engine.containers.kill(resolve(operation.container), { signal: operation.signal });
      return true;
    case 'pause-container':
      await engine.containers.pause(resolve(operation.container));
      return true;
    case 'unpause-container':
      await engine.containers.unpause(resolve(operation.container));
      return true;
    case 'remove-container':
      await engine.containers.remove(resolve(operation.container), { force: false, volumes: operation.volumes });
      return true;
    case 'rename-container':
      await engine.containers.rename(resolve(operation.container), operation.name);
      return true;
    case 'remove-image':
      await engine.images.remove(operation.reference);
      return true;
    case 'run-pre-start':
      resolve(operation.volumesFrom);
      return false;
    case 'run-hook':
    case 'copy-files':
    case 'wait-container':
      resolve(operation.container);
      return false;
  }
}

async function pull(engine: MemoryEngine, operation: Extract<Operation, { kind: 'pull-image' }>): Promise<boolean> {
  for await (const line of engine.images.pull(operation.reference)) void line;
  return (await engine.images.inspect(operation.reference)).Id !== operation.previousId;
}

function filledIn(operation: Creation, resolve: (target: ContainerTarget) => string): Creation {
  const { references, request } = operation;
  if (references === undefined) return operation;
  const ids = new Map(references.ids.map(({ text, container }) => [text, resolve(container)]));
  return { ...operation, request: requestWithReferences(request, references.hashed, ids) };
}

async function create(
  engine: MemoryEngine,
  operation: Extract<Operation, { kind: 'create-container' }>,
): Promise<string> {
  const image = await engine.images.inspect(operation.request.Image);
  const labels = { 'com.docker.compose.image': image.Id, ...operation.request.Labels };
  const body = { ...operation.request, Labels: labels };
  const { id } = await engine.containers.create({ name: operation.name, body });
  for (const { network, request } of operation.connect) await engine.networks.connect(network, id, request);
  return id;
}
