import type { Project } from '../project/project.ts';
import { topsailExtension } from './topsail-extension.ts';

/** One variable below `x-topsail: {env: …}` of a service: it is to hold the host port of a container port. */
export interface PortReference {
  /** The service that gets the variable. */
  readonly owner: string;
  readonly variable: string;
  readonly service: string;
  readonly target: number;
  readonly protocol: string;
  /** As written: `port:db:5432`. */
  readonly text: string;
  /** Dotted path in the project. */
  readonly path: string;
}

/** Every reference of the project's services to a host port. */
export function portReferences(project: Project): readonly PortReference[] {
  return Object.entries(project.services).flatMap(([owner, { extensions }]) => {
    const variables = topsailExtension(extensions).get('env');
    if (typeof variables !== 'object' || variables === null || Array.isArray(variables)) return [];
    return Object.entries(variables).flatMap(([variable, text]): readonly PortReference[] => {
      if (typeof text !== 'string') return [];
      const match = /^port:(?<service>[^:]+):(?<target>\d+)(?:\/(?<protocol>\w+))?$/.exec(text)?.groups;
      if (match === undefined) return [];
      const path = `services.${owner}.x-topsail.env.${variable}`;
      const { service = '', target = '', protocol = 'tcp' } = match;
      return [{ owner, variable, service, target: Number(target), protocol, text, path }];
    });
  });
}
