import { serviceInconsistent } from '../../diagnostics/consistency-diagnostics.ts';
import { cleanPath } from '../../project/clean-path.ts';
import { type CheckedService, type ConsistencyScope, placeInService } from './consistency-scope.ts';

/** Whether two mounts of a service have one target (spec-facts 19.20). */
export function checkMounts({ name, service }: CheckedService, scope: ConsistencyScope): void {
  const mounted = new Map<string, string>();
  const claim = (list: 'volumes' | 'tmpfs', index: number, target: string): void => {
    const place = `services.${name}.${list}[${String(index)}]`;
    const other = mounted.get(target);
    mounted.set(target, other ?? place);
    if (other === undefined) return;
    const problem = `${place}: target ${target} already mounted as ${other}`;
    scope.findings.add(serviceInconsistent(name, problem, placeInService(scope, name, list, index)));
  };
  for (const [index, entry] of (service.tmpfs ?? []).entries())
    claim('tmpfs', index, cleanPath(entry.split(':', 1)[0] ?? ''));
  for (const [index, mount] of (service.volumes ?? []).entries()) claim('volumes', index, cleanPath(mount.target));
}
