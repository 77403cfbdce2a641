import type { VolumeCalls } from '../engine/engine.ts';
import type { VolumeInspect } from '../engine/resource.ts';
import type { EngineConnection } from './engine-connection.ts';

/** `/volumes` over a connection. */
export function volumeCalls(connection: EngineConnection): VolumeCalls {
  return {
    list: async ({ labels }, call) => {
      const filters = labels === undefined ? undefined : { label: labels };
      const answer = await connection.json<{ readonly Volumes?: readonly VolumeInspect[] | null }>(
        { method: 'GET', path: '/volumes', query: { filters } },
        call,
      );
      return answer.Volumes ?? [];
    },
    inspect: (name, call) => connection.json<VolumeInspect>({ method: 'GET', path: volumePath(name) }, call),
    create: (body, call) => connection.json<VolumeInspect>({ method: 'POST', path: '/volumes/create', body }, call),
    remove: (name, force, call) =>
      connection.command({ method: 'DELETE', path: volumePath(name), query: { force } }, call),
  };
}

function volumePath(name: string): string {
  return `/volumes/${encodeURIComponent(name)}`;
}
