import { isIPv6 } from 'node:net';
import type { ContainerRow, Publisher } from '../compose/container-row.ts';
import { humanDuration } from '../report/human-duration.ts';
import { templateText } from '../report/template-functions.ts';
import type { ListingForm } from './listing.ts';

/** How cells are shortened. */
export interface CellOptions {
  /** `false` for `--no-trunc`. */
  readonly shorten: boolean;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

const commandLength = 20;
const mountLength = 15;
const shortId = 12;

/** The names Docker's templates use (compose-surface 2.4), in the order of its JSON. */
export const cellNames = [
  'Command',
  'CreatedAt',
  'ExitCode',
  'Health',
  'ID',
  'Image',
  'Labels',
  'LocalVolumes',
  'Mounts',
  'Name',
  'Names',
  'Networks',
  'Ports',
  'Project',
  'Publishers',
  'RunningFor',
  'Service',
  'Size',
  'State',
  'Status',
] as const;

/** How lists of containers are written. */
export const containerListing: ListingForm = {
  columns: ['Name', 'Image', 'Command', 'Service', 'RunningFor', 'Status', 'Ports'],
  headers: {
    ID: 'CONTAINER ID',
    RunningFor: 'CREATED',
    CreatedAt: 'CREATED AT',
    LocalVolumes: 'LOCAL VOLUMES',
    ExitCode: 'EXIT CODE',
  },
  names: cellNames,
  raw: (cells) => rawNames.map(([title, name]) => `${title}: ${templateText(cells[name])}`.trimEnd()),
};

const rawNames = [
  ['container_id', 'ID'],
  ['image', 'Image'],
  ['command', 'Command'],
  ['created_at', 'CreatedAt'],
  ['state', 'State'],
  ['status', 'Status'],
  ['names', 'Names'],
  ['labels', 'Labels'],
  ['ports', 'Ports'],
] as const;

type TextCell = Exclude<(typeof cellNames)[number], 'ExitCode' | 'Publishers'>;

/** What Docker shows of one container. */
export type ContainerCells = { readonly [Name in TextCell]: string } & {
  readonly ExitCode: number;
  readonly Publishers: readonly Publisher[];
};

/** Writes one container as Docker would. */
export function containerCells(row: ContainerRow, options: CellOptions): ContainerCells {
  const short = (text: string, length: number): string => (options.shorten ? ellipsis(text, length) : text);
  return {
    Command: JSON.stringify(short(row.command, commandLength)),
    CreatedAt: `${new Date(row.createdAt).toISOString().slice(0, 19).replace('T', ' ')} +0000 UTC`,
    ExitCode: row.exitCode,
    Health: row.health ?? '',
    ID: options.shorten ? row.id.slice(0, shortId) : row.id,
    Image: row.image,
    Labels: Object.entries(row.labels)
      .map(([name, value]) => `${name}=${value}`)
      .join(','),
    LocalVolumes: String(row.mounts.filter((mount) => mount.Driver === 'local').length),
    Mounts: row.mounts.map((mount) => short(mount.Name ?? mount.Source, mountLength)).join(','),
    Name: row.name,
    Names: row.name,
    Networks: row.networks.join(','),
    Ports: portsText(row.publishers),
    Project: row.project,
    Publishers: row.publishers,
    RunningFor: `${humanDuration(options.now - row.createdAt)} ago`,
    Service: row.service,
    Size: '0B',
    State: row.state,
    Status: row.status,
  };
}

function ellipsis(text: string, length: number): string {
  const characters = [...text];
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join('')}\u2026`;
}

/** A run of neighbouring ports that are published under their own numbers on one address, or not published. */
interface PortRun {
  readonly address: string;
  readonly protocol: string;
  readonly first: number;
  last: number;
}

/** `0.0.0.0:80->80/tcp, 443/tcp`, neighbouring ports joined to ranges, as `docker ps` writes them. */
export function portsText(publishers: readonly Publisher[]): string {
  const ordered = publishers.toSorted(
    (a, b) =>
      a.TargetPort - b.TargetPort ||
      compareText(a.URL, b.URL) ||
      a.PublishedPort - b.PublishedPort ||
      compareText(a.Protocol, b.Protocol),
  );
  const runs: PortRun[] = [];
  const mapped: string[] = [];
  for (const { URL: address, TargetPort: target, PublishedPort: published, Protocol: protocol } of ordered) {
    if (address !== '' && published !== target) {
      mapped.push(`${hostPart(address)}:${String(published)}->${String(target)}/${protocol}`);
      continue;
    }
    const run = runs.findLast((known) => known.address === address && known.protocol === protocol);
    if (run !== undefined && run.last + 1 === target) run.last = target;
    else runs.push({ address, protocol, first: target, last: target });
  }
  return [...runs.map(runText), ...mapped].join(', ');
}

function runText({ address, protocol, first, last }: PortRun): string {
  const range = first === last ? String(first) : `${String(first)}-${String(last)}`;
  return address === '' ? `${range}/${protocol}` : `${hostPart(address)}:${range}->${range}/${protocol}`;
}

function hostPart(address: string): string {
  return isIPv6(address) ? `[${address}]` : address;
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
