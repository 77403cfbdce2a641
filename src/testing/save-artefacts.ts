import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ContainerInspect } from '../engine/container.ts';
import { isEngineError } from '../engine/engine-error.ts';
import type { Replica } from './replica.ts';
import type { StackState } from './stack-state.ts';

/** Of each container so many last lines are kept. */
const lines = '10000';

/**
 * Writes what tells why a test failed into a folder: `logs/CONTAINER.log` of every container, and `state.json` with how each of them is.
 * Environments are left out: they hold secrets. Gives the folder. Throws EngineError, and what the file system says.
 */
export async function saveArtefacts(state: StackState, folder: string, signal: AbortSignal): Promise<string> {
  await state.look(signal);
  await mkdir(join(folder, 'logs'), { recursive: true });
  const replicas = Object.keys(state.project.services).flatMap((service) =>
    state.replicasOf(service).map((replica) => ({ service, replica })),
  );
  const rows = replicas.map(({ service, replica }) => stateRow(service, replica));
  await Promise.all([
    writeFile(
      join(folder, 'state.json'),
      `${JSON.stringify({ project: state.project.name, containers: rows }, null, 2)}\n`,
    ),
    ...replicas.map(({ replica }) => saveLog(state, replica, join(folder, 'logs', `${replica.name}.log`), signal)),
  ]);
  return folder;
}

async function saveLog(state: StackState, { id, inspect }: Replica, file: string, signal: AbortSignal): Promise<void> {
  const request = { tail: lines, timestamps: true, tty: inspect.Config.Tty === true };
  const pieces: Uint8Array[] = [];
  try {
    for await (const { data } of state.ports.engine.containers.logs(id, request, { signal })) pieces.push(data);
  } catch (error) {
    if (!isEngineError(error)) throw error;
    pieces.push(Buffer.from(`${error.message}\n`, 'utf8'));
  }
  await writeFile(file, Buffer.concat(pieces));
}

function stateRow(service: string, { name, number, inspect }: Replica): object {
  const {
    Status: status,
    ExitCode: exitCode,
    OOMKilled: outOfMemory,
    StartedAt: startedAt,
    Health: health,
  } = inspect.State;
  return {
    service,
    name,
    number,
    status,
    exitCode,
    outOfMemory,
    restarts: inspect.RestartCount,
    startedAt,
    ...(health === undefined ? {} : { health: health.Status, lastCheck: health.Log?.at(-1) }),
    ports: portsOf(inspect),
    networks: Object.keys(inspect.NetworkSettings.Networks),
  };
}

function portsOf({ NetworkSettings: { Ports: ports = {} } }: ContainerInspect): readonly string[] {
  return Object.entries(ports).flatMap(([port, bindings]) =>
    (bindings ?? []).map(({ HostIp: host = '', HostPort: published = '' }) => `${host}:${published}->${port}`),
  );
}
