import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { TopsailError } from '../diagnostics/topsail-error.ts';
import { observeAssignments } from '../observe/observe-assignments.ts';
import { assignPorts } from '../plan/assign-ports.ts';
import { assignSubnets } from '../plan/assign-subnets.ts';
import type { Project } from '../project/project.ts';
import { isolationFindings } from '../state/isolation-findings.ts';
import type { ObservedAssignments } from '../state/observed-assignments.ts';
import { portReferences } from '../state/port-references.ts';
import type { ComposePorts } from './ports.ts';
import type { UpOptions } from './up-options.ts';

/** Ports and subnets that an attempt found to be somebody else's, whatever the engine says of them. */
export interface TakenResources {
  readonly ports: readonly number[];
  readonly subnets: readonly string[];
}

/**
 * Gives a copy of a project host ports and subnets that nobody uses, and services the ports that they want to know of. Other
 * projects come back as they are, and the engine is not asked. The findings are about what copies share. Throws
 * `copy-name-taken`, `no-free-port`, `no-free-subnet` and EngineError.
 */
export async function assignResources(
  { engine }: Pick<ComposePorts, 'engine'>,
  project: Project,
  { hostNetwork, signal }: Pick<UpOptions, 'hostNetwork' | 'signal'>,
  taken: TakenResources = { ports: [], subnets: [] },
): Promise<{ readonly project: Project; readonly diagnostics: readonly Diagnostic[] }> {
  if (project.origin.instance === undefined && portReferences(project).length === 0)
    return { project, diagnostics: [] };
  const call = signal === undefined ? {} : { signal };
  const observed = await observeAssignments(engine, project.name, hostNetwork, call);
  checkName(project, observed);
  const own = new Set([...observed.ownPorts.values()].flatMap((ports) => [...ports.values()]));
  const takenPorts = new Set([...observed.takenPorts, ...taken.ports]);
  for (;;) {
    const { project: published, diagnostics } = assignPorts(project, { ...observed, takenPorts });
    const fresh = assignedPorts(published).filter((port) => !own.has(port));
    const free = hostNetwork === undefined ? [] : await Promise.all(fresh.map((port) => hostNetwork.isPortFree(port)));
    const busy = fresh.filter((_, index) => free[index] === false);
    for (const port of busy) takenPorts.add(port);
    if (busy.length > 0) continue;
    const takenSubnets = [...observed.takenSubnets, ...taken.subnets];
    return {
      project: assignSubnets(published, { ...observed, takenSubnets }),
      diagnostics: [...isolationFindings(project), ...diagnostics],
    };
  }
}

/** What goes under the name of a copy and is none would be taken over, with its volumes. */
function checkName({ name, origin }: Project, { ownOrigins }: ObservedAssignments): void {
  const { instance } = origin;
  if (instance === undefined || [...ownOrigins].every((of) => of === instance.of)) return;
  throw new TopsailError(
    'copy-name-taken',
    `copy ${instance.name} of ${instance.of} would be ${name}, which is another project`,
    {
      details: ['choose another name for the copy'],
    },
  );
}

function assignedPorts({ origin }: Project): readonly number[] {
  return Object.values(origin.assignedPorts ?? {}).flatMap((ports) => Object.values(ports));
}
