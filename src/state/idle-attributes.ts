import type { Project } from '../project/project.ts';
import type { Mount } from '../project/service.ts';
import { takesTextForm } from './service-mounts.ts';

/** Paths of what a project says and no engine makes anything of: accepted and told of in one warning. */
export function idleAttributes({ services, origin }: Project): readonly string[] {
  return Object.entries(services).flatMap(([name, { volumes = [] }]) => [
    ...(origin.refreshedServices?.includes(name) === true ? [`services.${name}.pull_refresh_after`] : []),
    ...volumes.flatMap((mount, index) =>
      losesConsistency(mount) ? [`services.${name}.volumes.${index}.consistency`] : [],
    ),
  ]);
}

/** The object form of a mount hands it to the engine; `consistent` is what every mount is anyway. */
function losesConsistency(mount: Mount): boolean {
  return !['', 'consistent', 'default'].includes(mount.consistency ?? '') && takesTextForm(mount);
}
