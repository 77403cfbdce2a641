import type { Project } from '../project/project.ts';
import type { Service } from '../project/service.ts';

const SOCKET = '/var/run/docker.sock';
const CONFIG_FOLDER = '/run/secrets/docker';

/** Where the logins are copied to. */
export const LOGINS_FILE = '/run/secrets/docker/config.json';

/** The key of the config that holds the logins: none that a file could have. */
const CONFIG = '#apisocket';

/** Whether some service asks for the engine's socket. */
export function usesApiSocket(project: Project): boolean {
  return Object.values(project.services).some(({ use_api_socket: uses }) => uses === true);
}

/**
 * The project with what `use_api_socket` stands for written out (compose-surface section 4.3): the socket is bound, and
 * the user's registry logins are copied in, unless the service names a configuration of its own by `DOCKER_CONFIG`.
 */
export function withApiSocket(project: Project, logins: string): Project {
  const services = Object.entries(project.services).map(([name, service]): [string, Service] => [
    name,
    service.use_api_socket === true ? withSocket(service) : service,
  ]);
  return {
    ...project,
    services: Object.assign(Object.create(null) as Record<string, Service>, Object.fromEntries(services)),
    configs: { ...project.configs, [CONFIG]: { name: CONFIG, content: logins } },
  };
}

function withSocket(service: Service): Service {
  const volumes = [...(service.volumes ?? []), { type: 'bind', source: SOCKET, target: SOCKET }];
  if (Object.hasOwn(service.environment ?? {}, 'DOCKER_CONFIG')) return { ...service, volumes };
  return {
    ...service,
    volumes,
    environment: { ...service.environment, DOCKER_CONFIG: CONFIG_FOLDER },
    configs: [...(service.configs ?? []), { source: CONFIG, target: LOGINS_FILE }],
  };
}
