import { createDirectedGraph } from '../graph/directed-graph.ts';
import { reachable } from '../graph/reachable.ts';
import { topologicalOrder } from '../graph/topological-order.ts';
import type { DesiredService } from '../state/desired-state.ts';

type ScopedService = Pick<DesiredService, 'name' | 'dependencies'>;

/** Which services a command acts on. */
export interface ServiceScope<Service extends ScopedService = DesiredService> {
  /** Dependencies before dependents. */
  readonly services: readonly Service[];
  /** Names the caller asked for; all of `services` if it named none. */
  readonly targets: ReadonlySet<string>;
}

/** The targets with everything they depend on, or without it. Names the project does not have are left out. */
export function serviceScope<Service extends ScopedService>(
  services: readonly Service[],
  targets: readonly string[] = [],
  withoutDependencies = false,
): ServiceScope<Service> {
  const byName = new Map(services.map((service) => [service.name, service]));
  const edges = services.flatMap((service) =>
    service.dependencies
      .filter((dependency) => byName.has(dependency.service))
      .map((dependency) => ({ from: service.name, to: dependency.service })),
  );
  const graph = createDirectedGraph(byName.keys(), edges);
  const asked = new Set(targets.length === 0 ? byName.keys() : targets.filter((name) => byName.has(name)));
  const wanted = withoutDependencies ? asked : new Set([...asked, ...reachable(graph, asked)]);
  return {
    services: topologicalOrder(graph).flatMap((name) => {
      const service = byName.get(name);
      return service !== undefined && wanted.has(name) ? [service] : [];
    }),
    targets: asked,
  };
}
