import type { TextMap } from '../engine/container.ts';
import type { LogSource } from '../events/event.ts';
import { CONTAINER_NUMBER_LABEL, ONE_OFF_LABEL, PROJECT_LABEL, SERVICE_LABEL } from '../state/labels.ts';

/** Which containers to follow: those of a project, one-off containers left out. */
export interface ContainerSelection {
  readonly project: string;
  /** Only those of these services; absent means all. */
  readonly services?: readonly string[];
  /** Only these containers, by engine id; absent means all. */
  readonly containers?: readonly string[];
}

/** The label filters of a selection, for list and event calls. */
export function selectionLabels({ project }: ContainerSelection): readonly string[] {
  return [`${PROJECT_LABEL}=${project}`, `${ONE_OFF_LABEL}=False`];
}

/** Whether a container of the project is selected. */
export function isSelected({ services, containers }: ContainerSelection, id: string, labels: TextMap): boolean {
  const service = labels[SERVICE_LABEL];
  return (
    service !== undefined &&
    (services === undefined || services.includes(service)) &&
    (containers === undefined || containers.includes(id))
  );
}

/** Who lines and exits of a container come from. `name` may have the engine's leading slash. */
export function sourceOf(name: string, labels: TextMap): LogSource {
  const replica = Number(labels[CONTAINER_NUMBER_LABEL] ?? '0');
  return {
    service: labels[SERVICE_LABEL] ?? '',
    replica: Number.isInteger(replica) ? replica : 0,
    container: name.replace(/^\//, ''),
  };
}
