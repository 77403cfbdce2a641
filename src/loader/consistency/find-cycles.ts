/**
 * Finds circles in a graph of names: one path for each circle a walk in name order runs into, starting at its first
 * name in that order. Deep graphs are fine: the walk keeps its own stack.
 */
export function findCycles(edges: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const finished = new Set<string>();
  const cycles: (readonly string[])[] = [];
  for (const start of [...edges.keys()].sort()) {
    if (!finished.has(start)) walk(start, edges, finished, cycles);
  }
  return cycles;
}

interface Step {
  readonly name: string;
  readonly targets: readonly string[];
  next: number;
}

function walk(
  start: string,
  edges: ReadonlyMap<string, readonly string[]>,
  finished: Set<string>,
  cycles: (readonly string[])[],
): void {
  const open = new Map<string, number>();
  const path: Step[] = [];
  const enter = (name: string): void => {
    open.set(name, path.length);
    path.push({ name, targets: [...(edges.get(name) ?? [])].sort(), next: 0 });
  };
  enter(start);
  for (let step = path.at(-1); step !== undefined; step = path.at(-1)) {
    const target = step.targets[step.next];
    step.next += 1;
    if (target === undefined) {
      path.pop();
      open.delete(step.name);
      finished.add(step.name);
      continue;
    }
    const position = open.get(target);
    if (position !== undefined) cycles.push(path.slice(position).map(({ name }) => name));
    else if (!finished.has(target)) enter(target);
  }
}
