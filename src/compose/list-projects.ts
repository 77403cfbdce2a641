import type { ContainerSummary } from '../engine/container.ts';
import { groupBy } from '../plan/group-by.ts';
import {
  CONFIG_FILES_LABEL,
  CONFIG_HASH_LABEL,
  INSTANCE_LABEL,
  INSTANCE_OF_LABEL,
  PROJECT_LABEL,
} from '../state/labels.ts';
import { containerRow } from './container-row.ts';
import { type Endpoint, rowEndpoints } from './endpoints.ts';
import type { ComposePorts } from './ports.ts';

/** A project that has containers on the engine. */
export interface ProjectRow {
  readonly name: string;
  /** How many containers are in which state: `exited(1), running(2)`. */
  readonly status: string;
  /** Absolute compose files joined by commas, or `N/A` if some container does not say. */
  readonly configFiles: string;
  /** Which copy it is of which project; undefined for a project itself. */
  readonly copy: { readonly name: string; readonly of: string } | undefined;
  /** Where the published ports of its running containers are reached. */
  readonly endpoints: readonly Endpoint[];
}

/** What `ls` may be told. */
export interface ListProjectsOptions {
  readonly signal?: AbortSignal;
  /** Stopped containers too. */
  readonly all?: boolean;
  /** Only projects whose name this finds. */
  readonly name?: RegExp;
  /** Told of projects whose files are not known. */
  readonly onWarning?: (text: string) => void;
}

/** All projects on the engine, by name (compose-surface 2.5). */
export async function listProjects(
  ports: Pick<ComposePorts, 'engine'>,
  options: ListProjectsOptions = {},
): Promise<readonly ProjectRow[]> {
  const { signal, all = false, name: wanted } = options;
  const call = signal === undefined ? {} : { signal };
  const containers = await ports.engine.containers.list({ all, labels: [PROJECT_LABEL, CONFIG_HASH_LABEL] }, call);
  const projects = groupBy(containers, ({ Labels }) => Labels[PROJECT_LABEL] ?? '');
  return [...projects]
    .filter(([name]) => name !== '' && (wanted === undefined || wanted.test(name)))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, own]) => ({
      name,
      status: combinedStatus(own),
      configFiles: combinedFiles(name, own, options),
      copy: copyOf(own),
      endpoints: rowEndpoints(own.map(containerRow), ports.engine.description.endpoint),
    }));
}

function copyOf([container]: readonly ContainerSummary[]): ProjectRow['copy'] {
  const { [INSTANCE_LABEL]: name, [INSTANCE_OF_LABEL]: of } = container?.Labels ?? {};
  return name === undefined || of === undefined ? undefined : { name, of };
}

function combinedStatus(containers: readonly ContainerSummary[]): string {
  const states = groupBy(containers, ({ State }) => State);
  const ordered = [...states].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return ordered.map(([state, { length }]) => `${state}(${String(length)})`).join(', ');
}

function combinedFiles(
  project: string,
  containers: readonly ContainerSummary[],
  { onWarning }: ListProjectsOptions,
): string {
  const files = new Set<string>();
  for (const { Labels: labels, Names: names } of containers) {
    const label = labels[CONFIG_FILES_LABEL];
    if (label === undefined) {
      const container = (names[0] ?? '').replace(/^\//, '');
      onWarning?.(`no label "${CONFIG_FILES_LABEL}" on container "${container}" of project "${project}"`);
      return 'N/A';
    }
    for (const file of label.split(',')) files.add(file);
  }
  return [...files].join(',');
}
