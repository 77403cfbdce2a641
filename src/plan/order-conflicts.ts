import type { ObservedContainer } from '../state/observed-state.ts';
import { removalNodes } from './removal-nodes.ts';
import type { PreparedReplica, UpWork } from './up-work.ts';

/**
 * Orders steps that compete for something the engine has only once: a name is taken after its holder is gone, a host
 * port after its holder has stopped.
 */
export function orderConflicts(work: UpWork, replicas: readonly PreparedReplica[]): void {
  const holders = work.observed.containers;
  const stops = new Map<string, string>();
  for (const { id, operation } of work.draft.nodes()) {
    if (operation.kind === 'stop-container' && operation.container.id !== undefined) {
      stops.set(operation.container.id, id);
    }
  }
  orderNames(work, holders, removalNodes(work.draft));
  const stoppingHolders = portHolders(holders.filter(({ id }) => stops.has(id)));
  for (const replica of replicas) {
    const needs = hostPorts(replica)
      .flatMap((port) => stoppingHolders.get(port) ?? [])
      .filter((holder) => holder.id !== replica.container?.id)
      .flatMap((holder) => stops.get(holder.id) ?? []);
    if (needs.length > 0) work.draft.need(`start ${replica.address}`, needs);
  }
}

function orderNames(work: UpWork, holders: readonly ObservedContainer[], removals: ReadonlyMap<string, string>): void {
  const byName = new Map(holders.map((holder) => [holder.name, holder]));
  for (const { id, operation } of work.draft.nodes()) {
    if (operation.kind !== 'create-container' && operation.kind !== 'rename-container') continue;
    const holder = byName.get(operation.name);
    const removal = holder === undefined ? undefined : removals.get(holder.id);
    if (removal !== undefined) work.draft.need(id, [removal]);
  }
}

/** Fixed host ports a replica asks for, as `8080/tcp`; the engine picks from a range by itself. */
function hostPorts({ service }: PreparedReplica): readonly string[] {
  const bindings = Object.entries(service.template.HostConfig?.PortBindings ?? {});
  return bindings.flatMap(([port, list]) =>
    list.map(({ HostPort: host = '' }) => `${host}/${port.split('/')[1] ?? 'tcp'}`),
  );
}

/** Which containers hold which host port. */
function portHolders(holders: readonly ObservedContainer[]): ReadonlyMap<string, readonly ObservedContainer[]> {
  const byPort = new Map<string, ObservedContainer[]>();
  for (const holder of holders) {
    for (const { PublicPort: port, Type: type } of holder.summary.Ports) {
      if (port === undefined) continue;
      const key = `${port}/${type}`;
      byPort.set(key, [...(byPort.get(key) ?? []), holder]);
    }
  }
  return byPort;
}
