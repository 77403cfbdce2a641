import type { NetworkCalls } from '../engine/engine.ts';
import type { NetworkInspect } from '../engine/resource.ts';
import type { EngineConnection } from './engine-connection.ts';
import { removableNetworkName } from './podman-differences.ts';

/** `/networks` over a connection. */
export function networkCalls(connection: EngineConnection): NetworkCalls {
  return {
    list: ({ labels, names }, call) => {
      const filters = {
        ...(labels === undefined ? {} : { label: labels }),
        ...(names === undefined ? {} : { name: names }),
      };
      return connection.json<readonly NetworkInspect[]>({ method: 'GET', path: '/networks', query: { filters } }, call);
    },
    inspect: (id, call) => connection.json<NetworkInspect>({ method: 'GET', path: networkPath(id) }, call),
    create: async (body, call) => {
      const answer = await connection.json<{ readonly Id: string; readonly Warning?: string }>(
        // Engines before API 1.44 refuse a name that exists only if asked to; newer ones always do.
        { method: 'POST', path: '/networks/create', body: { ...body, CheckDuplicate: true } },
        call,
      );
      return { id: answer.Id, warning: answer.Warning ?? '' };
    },
    remove: async (id, call) => {
      const name = await removableNetworkName(connection, id, call);
      await connection.command({ method: 'DELETE', path: networkPath(name) }, call);
    },
    connect: (id, container, endpoint, call) =>
      connection.command(
        {
          method: 'POST',
          path: `${networkPath(id)}/connect`,
          body: { Container: container, EndpointConfig: endpoint },
        },
        call,
      ),
    disconnect: (id, container, force, call) =>
      connection.command(
        { method: 'POST', path: `${networkPath(id)}/disconnect`, body: { Container: container, Force: force } },
        call,
      ),
  };
}

function networkPath(id: string): string {
  return `/networks/${encodeURIComponent(id)}`;
}
