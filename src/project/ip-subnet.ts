import { isAddress } from './ip-address.ts';

/** A block of addresses. */
export interface IpSubnet {
  readonly version: 4 | 6;
  /** The first address of it. */
  readonly first: bigint;
  /** Bits that all its addresses share. */
  readonly prefix: number;
}

/** Reads `10.1.0.0/16` or `fd00::/64`, also with an address inside the block in place of the first; undefined if it is neither. */
export function parseSubnet(text: string): IpSubnet | undefined {
  const [, address = '', length = ''] = /^([^/]+)\/(\d{1,3})$/.exec(text.trim()) ?? [];
  const value = parseAddress(address);
  const prefix = Number(length);
  if (value === undefined || prefix > bitsOf(value.version)) return undefined;
  const host = BigInt(bitsOf(value.version) - prefix);
  return { version: value.version, first: (value.value >> host) << host, prefix };
}

/** `10.1.0.0/16`. */
export function subnetText(subnet: IpSubnet): string {
  return `${addressText(subnet.version, subnet.first)}/${String(subnet.prefix)}`;
}

/** How many addresses it has. */
export function subnetSize({ version, prefix }: IpSubnet): bigint {
  return 1n << BigInt(bitsOf(version) - prefix);
}

/** Whether two blocks have an address in common. */
export function overlaps(one: IpSubnet, other: IpSubnet): boolean {
  if (one.version !== other.version) return false;
  return one.first < other.first + subnetSize(other) && other.first < one.first + subnetSize(one);
}

/** How far an address lies behind the first one of a block; undefined if it is outside or no address. */
export function offsetIn(subnet: IpSubnet, address: string): bigint | undefined {
  const parsed = parseAddress(address);
  if (parsed === undefined || parsed.version !== subnet.version) return undefined;
  const offset = parsed.value - subnet.first;
  return offset >= 0n && offset < subnetSize(subnet) ? offset : undefined;
}

/** The address that far behind the first one of a block. */
export function addressAt(subnet: IpSubnet, offset: bigint): string {
  return addressText(subnet.version, subnet.first + offset);
}

function bitsOf(version: 4 | 6): number {
  return version === 4 ? 32 : 128;
}

function parseAddress(text: string): { readonly version: 4 | 6; readonly value: bigint } | undefined {
  if (!isAddress(text)) return undefined;
  if (!text.includes(':')) return { version: 4, value: joined(text.split('.').map(Number), 8n) };
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  const plain = dotted === null ? text : `${dotted[1] ?? ''}${wordsOf(dotted[2] ?? '')}`;
  const [head = '', tail] = plain.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: tail === undefined ? 0 : 8 - before.length - after.length }, () => '0');
  return {
    version: 6,
    value: joined(
      [...before, ...zeros, ...after].map((word) => Number.parseInt(word, 16)),
      16n,
    ),
  };
}

function wordsOf(dotted: string): string {
  const value = joined(dotted.split('.').map(Number), 8n);
  return `${(value >> 16n).toString(16)}:${(value & 0xffffn).toString(16)}`;
}

function joined(parts: readonly number[], bits: bigint): bigint {
  return parts.reduce((value, part) => (value << bits) | BigInt(part), 0n);
}

function addressText(version: 4 | 6, value: bigint): string {
  const words = Array.from({ length: version === 4 ? 4 : 8 }, (_, index) => {
    const bits = version === 4 ? 8n : 16n;
    const count = version === 4 ? 3n : 7n;
    return (value >> (bits * (count - BigInt(index)))) & ((1n << bits) - 1n);
  });
  if (version === 4) return words.join('.');
  const { start, length } = longestZeros(words);
  const hex = (part: readonly bigint[]): string => part.map((word) => word.toString(16)).join(':');
  return length < 2 ? hex(words) : `${hex(words.slice(0, start))}::${hex(words.slice(start + length))}`;
}

/** What `::` stands for: the first longest run of zero words. */
function longestZeros(words: readonly bigint[]): { readonly start: number; readonly length: number } {
  const runs = [
    ...words
      .map((word) => (word === 0n ? '0' : 'x'))
      .join('')
      .matchAll(/0+/g),
  ];
  return runs.reduce((best, { 0: { length }, index }) => (length > best.length ? { start: index, length } : best), {
    start: 0,
    length: 0,
  });
}
