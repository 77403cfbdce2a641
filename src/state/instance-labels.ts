import type { TextMap } from '../engine/container.ts';
import type { Project } from '../project/project.ts';
import { INSTANCE_LABEL, INSTANCE_OF_LABEL, LEASED_LABEL, PORTS_LABEL } from './labels.ts';

/** What every resource of a copy is marked with; nothing for a project itself. */
export function instanceLabels({ origin }: Project): TextMap {
  const { instance } = origin;
  if (instance === undefined) return {};
  return {
    [INSTANCE_LABEL]: instance.name,
    [INSTANCE_OF_LABEL]: instance.of,
    ...(instance.leased ? { [LEASED_LABEL]: 'true' } : {}),
  };
}

/** What a service's containers are marked with if ports were assigned to it. */
export function portsLabel({ origin }: Project, service: string): TextMap {
  const assigned = Object.entries(origin.assignedPorts?.[service] ?? {});
  if (assigned.length === 0) return {};
  return { [PORTS_LABEL]: assigned.map(([key, port]) => `${key}=${String(port)}`).join(',') };
}

/** Reads a ports label; what is no assignment is left out. */
export function readPortsLabel(text: string | undefined): ReadonlyMap<string, number> {
  const pairs = (text ?? '').split(',').flatMap((pair): readonly (readonly [string, number])[] => {
    const [, key = '', port = ''] = /^(.+)=(\d{1,5})$/.exec(pair) ?? [];
    return key === '' ? [] : [[key, Number(port)]];
  });
  return new Map(pairs);
}
