/** One edge of a drawn dependency graph. */
export interface GraphViewEdge {
  readonly service: string;
  readonly condition: 'service_started' | 'service_healthy' | 'service_completed_successfully';
  readonly required: boolean;
  /** Dependents restart with it. */
  readonly restart: boolean;
}

/** A dependency graph as the renderers draw it. */
export interface GraphView {
  readonly project: string;
  readonly services: readonly { readonly name: string; readonly dependencies: readonly GraphViewEdge[] }[];
  /** The chain that decides how long a start takes, first to start first. */
  readonly criticalPath: readonly string[];
}

/** `started`, `healthy`, `completed`, with `optional` and `restarts` where they apply. */
export function edgeLabel(edge: GraphViewEdge): string {
  const words = [conditionWord(edge.condition)];
  if (!edge.required) words.push('optional');
  if (edge.restart) words.push('restarts');
  return words.join(', ');
}

function conditionWord(condition: GraphViewEdge['condition']): string {
  switch (condition) {
    case 'service_started':
      return 'started';
    case 'service_healthy':
      return 'healthy';
    case 'service_completed_successfully':
      return 'completed';
  }
}

/** Whether the edge from a service to its dependency lies on the critical path. */
export function isCriticalEdge(view: GraphView, service: string, dependency: string): boolean {
  const at = view.criticalPath.indexOf(dependency);
  return at !== -1 && view.criticalPath[at + 1] === service;
}
