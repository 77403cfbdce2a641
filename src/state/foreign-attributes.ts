import type { Project } from '../project/project.ts';
import type { Deploy, Port, Service } from '../project/service.ts';

/**
 * Paths of what a project says to other targets than an engine, Swarm above all: accepted, without effect here, and told
 * of in one warning.
 */
export function foreignAttributes(project: Project): readonly string[] {
  const services = Object.entries(project.services).flatMap(([name, service]) =>
    serviceAttributes(service).map((below) => `services.${name}.${below}`),
  );
  const files = (['configs', 'secrets'] as const).flatMap((section) =>
    Object.entries(project[section])
      .filter(([, { external }]) => external !== true)
      .flatMap(([key, { labels, name }]) => [
        ...(labels === undefined ? [] : [`${section}.${key}.labels`]),
        ...(name === `${project.name}_${key}` ? [] : [`${section}.${key}.name`]),
      ]),
  );
  return [...services, ...files];
}

function serviceAttributes(service: Service): readonly string[] {
  return [
    ...(service.credential_spec === undefined ? [] : ['credential_spec']),
    ...(service.deploy === undefined ? [] : deployAttributes(service.deploy)).map((below) => `deploy.${below}`),
    ...(service.ports ?? []).flatMap(portMembers),
  ];
}

/** A name and a protocol of applications say something to Kubernetes; every port is published by the host here. */
function portMembers({ mode, name, app_protocol: protocol }: Port, index: number): readonly string[] {
  return [
    ...(mode === 'host' ? [`ports.${index}.mode`] : []),
    ...(name === undefined ? [] : [`ports.${index}.name`]),
    ...(protocol === undefined ? [] : [`ports.${index}.app_protocol`]),
  ];
}

const swarmMembers = ['mode', 'endpoint_mode', 'labels', 'update_config', 'rollback_config'] as const;

function deployAttributes(deploy: Deploy): readonly string[] {
  const { placement, resources, restart_policy: restart } = deploy;
  const isPlaced = typeof placement === 'object' && placement !== null && Object.keys(placement).length > 0;
  const { reservations } = resources;
  return [
    ...swarmMembers.filter((member) => deploy[member] !== undefined),
    ...(isPlaced ? ['placement'] : []),
    ...(reservations?.cpus === undefined ? [] : ['resources.reservations.cpus']),
    ...(reservations?.generic_resources === undefined ? [] : ['resources.reservations.generic_resources']),
    ...(restart?.delay === undefined ? [] : ['restart_policy.delay']),
    ...(restart?.window === undefined ? [] : ['restart_policy.window']),
  ];
}
