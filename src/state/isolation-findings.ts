import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { notIsolated } from '../diagnostics/isolation-diagnostics.ts';
import type { Project } from '../project/project.ts';
import type { Mount, Service } from '../project/service.ts';

/** Everything that a copy would share with the others, and that therefore may come between them; nothing for a project itself. */
export function isolationFindings(project: Project): readonly Diagnostic[] {
  const { instance } = project.origin;
  if (instance === undefined) return [];
  const findings = [
    ...Object.entries(project.services).flatMap(([name, service]) =>
      serviceFindings(name, service, instance.privateFolder),
    ),
    ...networkFindings(project),
    ...volumeFindings(project),
  ];
  return instance.isolate === 'warn' ? findings : findings.map((finding) => ({ ...finding, severity: 'error' }));
}

function serviceFindings(name: string, service: Service, privateFolder: string | undefined): readonly Diagnostic[] {
  const path = `services.${name}`;
  const who = `service "${name}"`;
  const found: Diagnostic[] = [];
  if (service.network_mode === 'host') {
    found.push(
      notIsolated(
        `${path}.network_mode`,
        who,
        'uses the network of the host, whose ports only one copy can have',
        'publish its ports instead',
      ),
    );
  }
  for (const attribute of ['network_mode', 'ipc', 'pid'] as const) {
    const outside = service[attribute]?.startsWith('container:') === true;
    if (outside) found.push(sharedContainer(`${path}.${attribute}`, who, `joins ${service[attribute] ?? ''}`));
  }
  for (const [index, from] of (service.volumes_from ?? []).entries()) {
    if (from.startsWith('container:'))
      found.push(sharedContainer(`${path}.volumes_from.${String(index)}`, who, `takes the volumes of ${from}`));
  }
  for (const [index, link] of (service.external_links ?? []).entries())
    found.push(sharedContainer(`${path}.external_links.${String(index)}`, who, `is linked to ${link}`));
  for (const [index, mount] of (service.volumes ?? []).entries()) {
    if (!writesToHost(mount, privateFolder)) continue;
    found.push(
      notIsolated(
        `${path}.volumes.${String(index)}`,
        who,
        `writes to ${mount.source ?? ''} of the host, as every copy does`,
        'mount it read-only, or use a named volume',
      ),
    );
  }
  return found;
}

function sharedContainer(path: string, who: string, deed: string): Diagnostic {
  return notIsolated(path, who, `${deed}, which is the same for every copy`, 'name a service of the project instead');
}

function writesToHost({ type, source = '', read_only: readOnly }: Mount, privateFolder: string | undefined): boolean {
  if (type !== 'bind' || readOnly === true) return false;
  return privateFolder === undefined || !(source === privateFolder || source.startsWith(`${privateFolder}/`));
}

/** A network of the machine rather than of the engine has the same addresses for everybody. */
const hostNetworkDrivers: ReadonlySet<string> = new Set(['host', 'macvlan', 'ipvlan']);

function networkFindings({ networks }: Project): readonly Diagnostic[] {
  return Object.entries(networks).flatMap(([key, network]) => {
    const path = `networks.${key}`;
    const who = `network "${key}"`;
    if (network.external === true)
      return [notIsolated(path, who, 'is external: every copy joins it', 'let the project have a network of its own')];
    if (!hostNetworkDrivers.has(network.driver ?? '')) return [];
    const shared = `is a ${network.driver ?? ''} network of the host, whose addresses are the same for every copy`;
    return [notIsolated(`${path}.driver`, who, shared, 'use a bridge network')];
  });
}

function volumeFindings({ volumes }: Project): readonly Diagnostic[] {
  return Object.entries(volumes).flatMap(([key, volume]) => {
    const path = `volumes.${key}`;
    const who = `volume "${key}"`;
    if (volume.external === true)
      return [notIsolated(path, who, 'is external: every copy mounts it', 'let the project have a volume of its own')];
    const device = volume.driver_opts?.['device'];
    if (device === undefined || device === 'tmpfs') return [];
    return [notIsolated(`${path}.driver_opts`, who, `lies at ${device} for every copy`, 'leave out driver_opts')];
  });
}
