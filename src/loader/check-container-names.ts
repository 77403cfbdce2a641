import { containerNameTaken } from '../diagnostics/consistency-diagnostics.ts';
import type { SourceSpan } from '../diagnostics/source-text.ts';
import type { Named } from '../project/project.ts';
import type { Service } from '../project/service.ts';
import type { Findings } from './findings.ts';

/** Whether two services have one `container_name` (spec-facts 9.8). */
export function checkContainerNames(
  services: Named<Service>,
  placeOf: (service: string) => SourceSpan,
  findings: Findings,
): void {
  const takenBy = new Map<string, string>();
  for (const [name, service] of Object.entries(services)) {
    if (service.container_name === undefined) continue;
    const other = takenBy.get(service.container_name);
    if (other === undefined) takenBy.set(service.container_name, name);
    else findings.add(containerNameTaken(name, service.container_name, other, placeOf(name), placeOf(other)));
  }
}
