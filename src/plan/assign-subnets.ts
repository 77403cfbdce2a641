import { TopsailError } from '../diagnostics/topsail-error.ts';
import {
  addressAt,
  type IpSubnet,
  offsetIn,
  overlaps,
  parseSubnet,
  subnetSize,
  subnetText,
} from '../project/ip-subnet.ts';
import type { IpamPool, Network, Project } from '../project/project.ts';
import type { Service } from '../project/service.ts';
import { mapNamed } from '../state/copy-project.ts';
import type { ObservedAssignments } from '../state/observed-assignments.ts';
import { topsailExtension } from '../state/topsail-extension.ts';
import { type MovedSubnet, moveAddresses } from './move-addresses.ts';
import { spread } from './spread.ts';

/** Where small subnets are cut from, in this order; a range that a route of the machine covers is passed over. */
const defaultRanges: readonly string[] = ['10.208.0.0/12', '172.30.0.0/15', '192.168.128.0/17', '198.18.0.0/15'];

/** Private addresses of version 6 (RFC 4193), for networks that had a fixed block of them. */
const uniqueLocal = 'fd00::/8';

/** The smallest block a network gets: 62 addresses are room enough for what most projects become. */
const smallestPrefix = 26;

/** How many blocks of a range are tried. */
const mostTries = 65_536;

/**
 * Gives the networks of a copy small subnets of their own, those that the file fixes too; addresses that the file fixes keep
 * their place in the block. A network that exists keeps its subnet as long as it is large enough. Throws `no-free-subnet`.
 */
export function assignSubnets(
  project: Project,
  observed: Pick<ObservedAssignments, 'ownSubnets' | 'takenSubnets'>,
): Project {
  if (project.origin.instance === undefined) return project;
  const own = [...observed.ownSubnets.values()].flat();
  const taken = [...observed.takenSubnets, ...own].flatMap((text) => parseSubnet(text) ?? []);
  const ranges = rangesOf(project);
  const moved: MovedSubnet[] = [];
  const networks = mapNamed(project.networks, (network, key) => {
    if (!isOwnBridge(network)) return network;
    const before = (observed.ownSubnets.get(network.name) ?? []).flatMap((text) => parseSubnet(text) ?? []);
    const pools = poolsOf(network).map((pool, index): IpamPool => {
      const from = parseSubnet(pool.subnet ?? '');
      if (pool.subnet !== undefined && from === undefined) return pool;
      const prefix = prefixFor(project, key, pool, from);
      const version = from?.version ?? 4;
      const kept = before.find((old) => old.version === version && old.prefix <= prefix);
      const seed = `${project.name}/${key}/${String(index)}`;
      const to = kept ?? search(seed, { key, version, prefix }, version === 4 ? ranges : [uniqueLocal], taken);
      taken.push(to);
      if (from === undefined) return { subnet: subnetText(to) };
      moved.push({ network: key, from, to });
      return movedPool(pool, from, to);
    });
    return { ...network, ipam: { ...network.ipam, config: pools } };
  });
  return { ...project, networks, services: moveAddresses(project.services, moved) };
}

/** Networks that the engine makes on its own machine; others have addresses that mean something outside. */
function isOwnBridge({ external, driver = '', ipam }: Network): boolean {
  return external !== true && (driver === '' || driver === 'bridge') && ['', 'default'].includes(ipam.driver ?? '');
}

/** The pools of the file, and one of version 4 where it has none. */
function poolsOf(network: Network): readonly IpamPool[] {
  const pools = network.ipam.config ?? [];
  const has4 = pools.some(({ subnet }) => subnet === undefined || parseSubnet(subnet)?.version === 4);
  return has4 || network.enable_ipv4 === false ? pools : [{}, ...pools];
}

function rangesOf(project: Project): readonly string[] {
  const written = topsailExtension(project.extensions).get('subnets');
  const texts = typeof written === 'string' ? [written] : written;
  return Array.isArray(texts) ? texts.map(String) : defaultRanges;
}

/** Room for four times the containers that join, and for every address that the file fixes. */
function prefixFor(project: Project, key: string, pool: IpamPool, from: IpSubnet | undefined): number {
  const members = Object.values(project.services).filter((service) => Object.hasOwn(service.networks ?? {}, key));
  const containers = members.reduce((sum, { scale, deploy }) => sum + (scale ?? deploy?.replicas ?? 1), 0);
  if (from === undefined) return Math.min(smallestPrefix, prefixOfSize(4, BigInt(4 * containers + 4)));
  const fixed = fixedOffsets(members, key, pool, from);
  const needed = prefixOfSize(from.version, [...fixed, BigInt(4 * containers)].reduce((a, b) => (a > b ? a : b)) + 4n);
  return Math.max(from.prefix, from.version === 6 ? Math.min(64, needed) : Math.min(smallestPrefix, needed));
}

function fixedOffsets(
  members: readonly Service[],
  key: string,
  { gateway, ip_range: range, aux_addresses: auxiliary }: IpamPool,
  from: IpSubnet,
): readonly bigint[] {
  const addresses = members.flatMap(({ networks }) => [
    networks?.[key]?.ipv4_address ?? '',
    networks?.[key]?.ipv6_address ?? '',
  ]);
  const all = [...addresses, gateway ?? '', ...Object.values(auxiliary ?? {})];
  const block = parseSubnet(range ?? '');
  const end = block === undefined ? [] : [block.first - from.first + subnetSize(block)];
  return [...all.flatMap((address) => offsetIn(from, address) ?? []), ...end];
}

function prefixOfSize(version: 4 | 6, size: bigint): number {
  return (version === 4 ? 32 : 128) - (size <= 1n ? 0 : (size - 1n).toString(2).length);
}

function search(
  seed: string,
  { key, version, prefix }: { readonly key: string; readonly version: 4 | 6; readonly prefix: number },
  ranges: readonly string[],
  taken: readonly IpSubnet[],
): IpSubnet {
  for (const range of ranges.flatMap((text) => parseSubnet(text) ?? [])) {
    const isCovered = taken.some((block) => block.prefix <= range.prefix && overlaps(block, range));
    if (range.version !== version || range.prefix > prefix || isCovered) continue;
    const step = subnetSize({ version, first: 0n, prefix });
    const places = Number(min(BigInt(2) ** 48n, subnetSize(range) / step));
    const start = spread(seed, Math.min(places, 2 ** 32)) * Math.max(1, Math.floor(places / 2 ** 32));
    for (let tried = 0; tried < Math.min(places, mostTries); tried += 1) {
      const first = range.first + BigInt((start + tried) % places) * step;
      const candidate: IpSubnet = { version, first, prefix };
      if (!overlapsAny(candidate, taken)) return candidate;
    }
  }
  throw new TopsailError('no-free-subnet', `network "${key}" has no subnet: nothing of ${ranges.join(', ')} is free`, {
    details: ['choose other ranges with x-topsail: {subnets: [...]}, or take copies down'],
  });
}

function min(one: bigint, other: bigint): bigint {
  return one < other ? one : other;
}

function overlapsAny(subnet: IpSubnet, others: readonly IpSubnet[]): boolean {
  return others.some((other) => overlaps(subnet, other));
}

function movedPool(pool: IpamPool, from: IpSubnet, to: IpSubnet): IpamPool {
  const move = (address: string): string => {
    const offset = offsetIn(from, address);
    return offset === undefined ? address : addressAt(to, offset);
  };
  const range = parseSubnet(pool.ip_range ?? '');
  return {
    subnet: subnetText(to),
    ...(range === undefined
      ? {}
      : { ip_range: subnetText({ ...range, first: to.first + (range.first - from.first) }) }),
    ...(pool.gateway === undefined ? {} : { gateway: move(pool.gateway) }),
    ...(pool.aux_addresses === undefined ? {} : { aux_addresses: mapNamed(pool.aux_addresses, move) }),
  };
}
