import { criticalPath } from '../graph/critical-path.ts';
import { createDirectedGraph } from '../graph/directed-graph.ts';
import type { Project } from '../project/project.ts';
import type { DependencyCondition } from '../project/service.ts';

/** One edge of a project's dependency graph. */
export interface ProjectGraphEdge {
  readonly service: string;
  readonly condition: DependencyCondition;
  readonly required: boolean;
  readonly restart: boolean;
}

/** Which service of a project depends on which. */
export interface ProjectGraph {
  readonly project: string;
  readonly services: readonly { readonly name: string; readonly dependencies: readonly ProjectGraphEdge[] }[];
  /** The longest chain of dependencies, first to start first: it decides how long a start takes. */
  readonly criticalPath: readonly string[];
}

/** The dependency graph of a project's enabled services. Edges to services that are not there are left out. */
export function projectGraph(project: Project): ProjectGraph {
  const services = Object.entries(project.services).map(([name, service]) => ({
    name,
    dependencies: Object.entries(service.depends_on ?? {})
      .filter(([dependency]) => Object.hasOwn(project.services, dependency))
      .map(([dependency, { condition, required, restart }]) => ({
        service: dependency,
        condition,
        required,
        restart: restart === true,
      })),
  }));
  const edges = services.flatMap(({ name, dependencies }) =>
    dependencies.map((edge) => ({ from: name, to: edge.service })),
  );
  const graph = createDirectedGraph(
    services.map((service) => service.name),
    edges,
  );
  return { project: project.name, services, criticalPath: criticalPath(graph, () => 1).nodes };
}
