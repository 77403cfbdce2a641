import { createHash } from 'node:crypto';
import type { ContainerInspect } from '../../engine/container.ts';
import type { CallOptions, Engine } from '../../engine/engine.ts';
import { PROJECT_LABEL, SERVICE_LABEL } from '../../state/labels.ts';

/** A volume of a stack, and the containers that mount it. */
export interface StackVolume {
  readonly name: string;
  /** Where an anonymous volume is mounted; undefined for a named one. */
  readonly anonymous: { readonly service: string; readonly target: string } | undefined;
}

/** A container of a stack that mounts volumes. */
export interface VolumeUser {
  readonly id: string;
  readonly service: string;
  readonly image: string;
  readonly runs: boolean;
  readonly volumes: readonly StackVolume[];
}

/** The containers of a project that mount volumes of it. `owned`: names of its named volumes; others belong to somebody else. */
export async function volumeUsers(
  engine: Engine,
  project: string,
  owned: ReadonlySet<string>,
  call: CallOptions,
): Promise<readonly VolumeUser[]> {
  const rows = await engine.containers.list(
    { all: true, labels: [`${PROJECT_LABEL}=${project}`, SERVICE_LABEL] },
    call,
  );
  const inspects = await Promise.all(rows.map(({ Id: id }) => engine.containers.inspect(id, call)));
  return inspects.map((inspect) => userOf(inspect, owned)).filter(({ volumes }) => volumes.length > 0);
}

function userOf(inspect: ContainerInspect, owned: ReadonlySet<string>): VolumeUser {
  const service = inspect.Config.Labels?.[SERVICE_LABEL] ?? '';
  const volumes = inspect.Mounts.flatMap(
    ({ Type: type, Name: name = '', Destination: target }): readonly StackVolume[] => {
      if (type !== 'volume') return [];
      if (owned.has(name)) return [{ name, anonymous: undefined }];
      return isAnonymous(name) ? [{ name, anonymous: { service, target } }] : [];
    },
  );
  const { Running: runs, Paused: isPaused } = inspect.State;
  return { id: inspect.Id, service, image: inspect.Image, runs: runs || isPaused, volumes };
}

/** Engines name volumes that nobody named with 64 hexadecimal digits. */
function isAnonymous(name: string): boolean {
  return /^[0-9a-f]{64}$/.test(name);
}

/** A name for something that belongs to a volume, the same each time, short enough for a link that leads there. */
export function derivedName(project: string, volume: string, purpose: string): string {
  const digest = createHash('sha256').update(`${volume}\n${purpose}`).digest('hex');
  return `${project.slice(0, 40)}.${digest.slice(0, 16)}`;
}
