import type { Engine } from '../engine/engine.ts';
import { lookAtRun } from './container-run.ts';
import type { FollowedContainer } from './follow-container.ts';
import { type ContainerSelection, isSelected, selectionLabels, sourceOf } from './log-selection.ts';

/** The selected containers, stopped ones too, by name. */
export async function selectContainers(
  engine: Engine,
  selection: ContainerSelection,
  signal: AbortSignal,
): Promise<readonly FollowedContainer[]> {
  const all = await engine.containers.list({ all: true, labels: selectionLabels(selection) }, { signal });
  const chosen = all
    .filter(({ Id: id, Labels: labels }) => isSelected(selection, id, labels))
    .map(({ Id: id, Names: names, Labels: labels }) => ({ id, source: sourceOf(names[0] ?? id, labels) }));
  chosen.sort((one, other) => (one.source.container < other.source.container ? -1 : 1));
  const runs = await Promise.all(chosen.map(({ id }) => lookAtRun(engine, id, signal)));
  return chosen.flatMap((container, at) => {
    const run = runs[at];
    return run === undefined ? [] : [{ ...container, run, tty: run.tty }];
  });
}
