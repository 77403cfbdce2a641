import { serviceInconsistent } from '../../diagnostics/consistency-diagnostics.ts';
import type { SourceSpan } from '../../diagnostics/source-text.ts';
import { type CheckedService, type ConsistencyScope, placeInService } from './consistency-scope.ts';

type Amount = string | number | undefined;

/** Whether the older attributes agree with `deploy`, and replicas make sense (spec-facts 19.15 to 19.18). */
export function checkDeploy({ name, service }: CheckedService, scope: ConsistencyScope): void {
  const { deploy, scale } = service;
  const placeOf = (attribute: string): SourceSpan => placeInService(scope, name, ...attribute.split('.'));
  const report = (problem: string, attribute: string, other?: string): void => {
    const related = other === undefined ? undefined : placeOf(other);
    scope.findings.add(serviceInconsistent(name, problem, placeOf(attribute), undefined, related));
  };
  const agree = (attribute: string, value: Amount, other: string, otherValue: Amount): void => {
    if (value === undefined || value === otherValue) return;
    report(`services.${name}: can't set distinct values on '${attribute}' and '${other}'`, attribute, other);
  };
  const limits = deploy?.resources.limits;
  const reservations = deploy?.resources.reservations;
  if (limits !== undefined) {
    agree('cpus', service.cpus, 'deploy.resources.limits.cpus', limits.cpus);
    agree('mem_limit', service.mem_limit, 'deploy.resources.limits.memory', limits.memory);
    agree('pids_limit', service.pids_limit, 'deploy.resources.limits.pids', limits.pids);
  }
  if (reservations !== undefined) {
    agree('mem_reservation', service.mem_reservation, 'deploy.resources.reservations.memory', reservations.memory);
  }
  if (deploy?.replicas !== undefined) agree('scale', scale, 'deploy.replicas', deploy.replicas);
  if ((scale ?? 0) < 0) report(`services.${name}.scale: must be greater than or equal to 0`, 'scale');
  if ((deploy?.replicas ?? 0) < 0) {
    report(`services.${name}.deploy.replicas: must be greater than or equal to 0`, 'deploy.replicas');
  }
  const attribute = scale === undefined ? 'deploy.replicas' : 'scale';
  if (service.container_name !== undefined && (scale ?? deploy?.replicas ?? 1) > 1) {
    report(
      `services.${name}.${attribute}: can't set container_name and ${attribute}: container name must be unique`,
      attribute,
    );
  }
}
