import type { Engine } from '../engine/engine.ts';
import { isEngineError } from '../engine/engine-error.ts';
import { type ContainerSelection, isSelected, selectionLabels, sourceOf } from './log-selection.ts';
import type { LogContainer } from './read-log.ts';

/** A selected container as it is now. */
export interface SelectedContainer extends LogContainer {
  /** Whether its process runs or will be started again by the engine. */
  readonly lives: boolean;
}

/** The selected containers, stopped ones too, by name. */
export async function selectContainers(
  engine: Engine,
  selection: ContainerSelection,
  signal: AbortSignal,
): Promise<readonly SelectedContainer[]> {
  const all = await engine.containers.list({ all: true, labels: selectionLabels(selection) }, { signal });
  const chosen = all
    .filter(({ Id: id, Labels: labels }) => isSelected(selection, id, labels))
    .map((summary) => ({
      id: summary.Id,
      source: sourceOf(summary.Names[0] ?? summary.Id, summary.Labels),
      lives: summary.State === 'running' || summary.State === 'restarting' || summary.State === 'paused',
    }));
  chosen.sort((one, other) => (one.source.container < other.source.container ? -1 : 1));
  const known = await Promise.all(
    chosen.map(async (container) => ({ ...container, tty: await hasTerminal(engine, container.id, signal) })),
  );
  return known.flatMap(({ tty, ...container }) => (tty === undefined ? [] : [{ ...container, tty }]));
}

/** Whether a container has a terminal; undefined if it is gone. */
export async function hasTerminal(engine: Engine, id: string, signal: AbortSignal): Promise<boolean | undefined> {
  try {
    return (await engine.containers.inspect(id, { signal })).Config.Tty === true;
  } catch (error) {
    if (isEngineError(error, 'not-found')) return undefined;
    throw error;
  }
}
