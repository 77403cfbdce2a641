import type {
  ContainerInspect,
  ContainerProcesses,
  ContainerStats,
  ContainerSummary,
  EndpointSettings,
} from '../engine/container.ts';
import type { CallOptions, ContainerCalls } from '../engine/engine.ts';
import { EngineError, isEngineError } from '../engine/engine-error.ts';
import { openAttach } from './attach.ts';
import { fileCalls } from './container-files.ts';
import { containerPath } from './container-path.ts';
import { openWait, readLogs } from './container-streams.ts';
import type { EngineConnection } from './engine-connection.ts';
import { openExec, startDetachedExec } from './exec.ts';
import { jsonLines } from './json-lines.ts';
import { inColumns, withNetworkIds, withoutFillings } from './podman-differences.ts';
import { withoutNulls } from './without-nulls.ts';

/** `/containers` over a connection. */
export function containerCalls(connection: EngineConnection): ContainerCalls {
  const post = (
    id: string,
    action: string,
    query: Readonly<Record<string, string | number | undefined>>,
    call?: CallOptions,
  ) => connection.command({ method: 'POST', path: `${containerPath(id)}/${action}`, query }, call);
  return {
    list: async (query, call) => {
      const { all, size, labels } = query;
      const filters = labels === undefined ? undefined : { label: labels };
      const rows = await connection.json<readonly ContainerSummary[]>(
        { method: 'GET', path: '/containers/json', query: { all, size, filters } },
        call,
      );
      const networks = rows.map((row) => row.NetworkSettings?.Networks ?? {});
      const identified = await withNetworkIds(connection, networks, call);
      return rows.map((row, index) => completeSummary(row, identified[index] ?? {}));
    },
    inspect: async (id, call) => {
      const answer = await connection.json<ContainerInspect>(
        { method: 'GET', path: `${containerPath(id)}/json` },
        call,
      );
      const [networks = {}] = await withNetworkIds(connection, [answer.NetworkSettings.Networks ?? {}], call);
      return withoutFillings(connection, {
        ...answer,
        Config: withoutNulls(answer.Config),
        HostConfig: withoutNulls(answer.HostConfig),
        NetworkSettings: { ...answer.NetworkSettings, Networks: networks },
      });
    },
    create: async ({ name, platform, body }, call) => {
      const answer = await connection.json<{ readonly Id: string; readonly Warnings?: readonly string[] | null }>(
        { method: 'POST', path: '/containers/create', query: { name, platform }, body },
        call,
      );
      return { id: answer.Id, warnings: answer.Warnings ?? [] };
    },
    start: (id, call) => post(id, 'start', {}, call),
    stop: (id, query, call) => post(id, 'stop', { t: query?.timeoutSeconds, signal: query?.signal }, call),
    restart: (id, query, call) => post(id, 'restart', { t: query?.timeoutSeconds }, call),
    kill: (id, query, call) => post(id, 'kill', { signal: query?.signal }, call),
    pause: (id, call) => post(id, 'pause', {}, call),
    unpause: (id, call) => post(id, 'unpause', {}, call),
    rename: (id, name, call) => post(id, 'rename', { name }, call),
    update: async (id, limits, call) => {
      await connection.json<unknown>({ method: 'POST', path: `${containerPath(id)}/update`, body: limits }, call);
    },
    remove: (id, query, call) => remove(connection, id, query, call),
    logs: (id, request, call) => readLogs(connection, id, request, call),
    attach: (id, request, call) => openAttach(connection, id, request, call),
    exec: (id, request, call) => openExec(connection, id, request, call),
    execDetached: (id, request, call) => startDetachedExec(connection, id, request, call),
    resize: (id, columns, rows, call) => post(id, 'resize', { w: columns, h: rows }, call),
    wait: (id, condition, call) => openWait(connection, id, condition, call),
    stats: (id, call) =>
      connection.json<ContainerStats>(
        { method: 'GET', path: `${containerPath(id)}/stats`, query: { stream: false } },
        call,
      ),
    followStats: (id, call) => followStats(connection, id, call),
    top: async (id, call) => {
      const answer = await connection.json<{ readonly [Member in keyof ContainerProcesses]: unknown } | undefined>(
        { method: 'GET', path: `${containerPath(id)}/top` },
        call,
      );
      // Podman says nothing of a container that does not run.
      if (answer === undefined) throw new EngineError('conflict', `container ${id} is not running`);
      return inColumns({
        Titles: listOf<string>(answer.Titles),
        Processes: listOf<readonly string[]>(answer.Processes),
      });
    },
    ...fileCalls(connection),
  };
}

/** Podman leaves out or nulls what Docker gives as an empty list. */
function completeSummary(
  row: ContainerSummary,
  networks: { readonly [name: string]: EndpointSettings },
): ContainerSummary {
  return {
    ...row,
    Labels: row.Labels ?? {},
    Ports: row.Ports ?? [],
    Mounts: row.Mounts ?? [],
    Names: row.Names ?? [],
    NetworkSettings: { Networks: networks },
  };
}

async function* followStats(
  connection: EngineConnection,
  id: string,
  call: CallOptions | undefined,
): AsyncGenerator<ContainerStats, void, undefined> {
  const request = { method: 'GET', path: `${containerPath(id)}/stats`, query: { stream: true } } as const;
  const stream = await connection.stream(request, call);
  // The shape of a line is the engine's promise.
  for await (const line of jsonLines(connection.bytes(stream, call))) yield line as ContainerStats;
}

/** A list of the engine's, which may be null where it is empty. */
function listOf<Item>(value: unknown): readonly Item[] {
  return Array.isArray(value) ? (value as readonly Item[]) : [];
}

async function remove(
  connection: EngineConnection,
  id: string,
  query: { readonly force?: boolean; readonly volumes?: boolean } | undefined,
  call: CallOptions | undefined,
): Promise<void> {
  try {
    await connection.command(
      { method: 'DELETE', path: containerPath(id), query: { force: query?.force, v: query?.volumes } },
      call,
    );
  } catch (error) {
    const gone = isEngineError(error, 'not-found');
    const going = isEngineError(error, 'conflict') && error.message.includes('is already in progress');
    if (!gone && !going) throw error;
  }
}
