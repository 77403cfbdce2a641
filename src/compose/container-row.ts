import type { ContainerStatus, ContainerSummary, MountPoint, TextMap } from '../engine/container.ts';
import { CONTAINER_NUMBER_LABEL, ONE_OFF_LABEL, PROJECT_LABEL, SERVICE_LABEL } from '../state/labels.ts';

/** A port of a container: `PublishedPort` is 0 and `URL` empty if it is not published. */
export interface Publisher {
  readonly URL: string;
  readonly TargetPort: number;
  readonly PublishedPort: number;
  readonly Protocol: string;
}

/** One container of a project, as `ps` lists it. */
export interface ContainerRow {
  readonly id: string;
  readonly name: string;
  readonly project: string;
  readonly service: string;
  /** Replica number; undefined on one-offs. */
  readonly number: number | undefined;
  readonly oneOff: boolean;
  readonly image: string;
  /** `sha256:…` */
  readonly imageId: string;
  readonly command: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly state: ContainerStatus;
  /** The engine's words, such as `Up 3 minutes (healthy)`. */
  readonly status: string;
  /** Only while it runs. */
  readonly health: 'starting' | 'healthy' | 'unhealthy' | undefined;
  /** Of an exited container, else 0. */
  readonly exitCode: number;
  readonly publishers: readonly Publisher[];
  readonly networks: readonly string[];
  readonly mounts: readonly MountPoint[];
  readonly labels: TextMap;
}

/** Reads a row from the engine's list. */
export function containerRow(summary: ContainerSummary): ContainerRow {
  const { Labels: labels } = summary;
  const number = Number(labels[CONTAINER_NUMBER_LABEL]);
  return {
    id: summary.Id,
    name: canonicalName(summary.Names),
    project: labels[PROJECT_LABEL] ?? '',
    service: labels[SERVICE_LABEL] ?? '',
    number: Number.isInteger(number) ? number : undefined,
    oneOff: labels[ONE_OFF_LABEL] === 'True',
    image: summary.Image,
    imageId: summary.ImageID,
    command: summary.Command,
    createdAt: summary.Created * 1000,
    state: summary.State,
    status: summary.Status,
    health: healthOf(summary),
    exitCode: exitCodeOf(summary),
    publishers: publishersOf(summary),
    networks: Object.keys(summary.NetworkSettings?.Networks ?? {}),
    mounts: summary.Mounts,
    labels,
  };
}

/** A linked container has names of the form `/other/alias` too; its own is the one without a second slash. */
function canonicalName(names: readonly string[]): string {
  const own = names.find((name) => name.lastIndexOf('/') <= 0) ?? names[0] ?? '';
  return own.replace(/^\//, '');
}

function healthOf({ State, Status }: ContainerSummary): ContainerRow['health'] {
  if (State !== 'running') return undefined;
  const word = /\((?:health: )?(starting|healthy|unhealthy)\)$/.exec(Status)?.[1];
  return word === 'starting' || word === 'healthy' || word === 'unhealthy' ? word : undefined;
}

function exitCodeOf({ State, Status }: ContainerSummary): number {
  return State === 'exited' || State === 'dead' ? Number(/^Exited \((\d+)\)/.exec(Status)?.[1] ?? 0) : 0;
}

function publishersOf({ Ports }: ContainerSummary): readonly Publisher[] {
  return Ports.map((port) => ({
    URL: port.IP ?? '',
    TargetPort: port.PrivatePort,
    PublishedPort: port.PublicPort ?? 0,
    Protocol: port.Type,
  })).toSorted((a, b) => a.TargetPort - b.TargetPort);
}
