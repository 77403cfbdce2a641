import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import {
  attributeUnsupported,
  containerNameScaled,
  fileInReadOnly,
  fileVariableUnset,
  macAddressConflict,
  noServiceSelected,
  startIntervalAlone,
} from '../diagnostics/plan-diagnostics.ts';
import type { Project } from '../project/project.ts';
import type { Service } from '../project/service.ts';
import { mountedFiles } from './mounted-files.ts';
import { networkKeys } from './service-endpoints.ts';
import { unsupportedAttributes } from './unsupported-attributes.ts';

/**
 * Everything that keeps a loaded project from being started, all at once: attributes this version does not act on and
 * contradictions that only a start runs into. Diagnostics carry the path; the loader knows its place in the file.
 */
export function checkRunnable(project: Project): readonly Diagnostic[] {
  return [
    ...checkSelection(project),
    ...unsupportedAttributes(project).map(({ path, attribute, service, why }) =>
      attributeUnsupported(path, attribute, service, why),
    ),
    ...Object.entries(project.services).flatMap(([name, service]) => checkService(project, name, service)),
  ];
}

function checkSelection({ services, origin }: Project): readonly Diagnostic[] {
  if (Object.keys(services).length > 0) return [];
  const profiles = Object.values(origin.disabledServices).flatMap((service) => service.profiles ?? []);
  return [noServiceSelected([...new Set(profiles)].toSorted())];
}

function checkService(project: Project, name: string, service: Service): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const path = `services.${name}`;
  for (const file of mountedFiles(project, name, service)) {
    if (file.kind === 'unset') found.push(fileVariableUnset(file.path, name, file.variable));
    if (file.kind === 'inject' && service.read_only === true && !isInVolume(service, file.file.path))
      found.push(fileInReadOnly(file.path, name, file.file.path));
  }
  const scale = service.scale ?? service.deploy?.replicas ?? 1;
  if (service.container_name !== undefined && scale > 1) {
    found.push(containerNameScaled(`${path}.container_name`, name, service.container_name));
  }
  const check = service.healthcheck;
  if (check?.disable !== true && check?.start_interval !== undefined && check.start_period === undefined) {
    found.push(startIntervalAlone(`${path}.healthcheck.start_interval`, name));
  }
  const [primary] = networkKeys(service);
  const address = primary === undefined ? undefined : service.networks?.[primary]?.mac_address;
  if (primary !== undefined && address !== undefined && service.mac_address !== undefined) {
    if (address !== service.mac_address) found.push(macAddressConflict(`${path}.mac_address`, name, primary));
  }
  return found;
}

function isInVolume({ volumes = [] }: Service, path: string): boolean {
  return volumes.some(
    ({ type, target, read_only: readOnly }) =>
      (type === 'volume' || type === 'bind') && readOnly !== true && path.startsWith(`${target}/`),
  );
}
