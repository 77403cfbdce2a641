import { isAddress } from './ip-address.ts';
import type { Port } from './service.ts';

interface PortRange {
  readonly first: number;
  readonly last: number;
}

const protocols: ReadonlySet<string> = new Set(['tcp', 'udp', 'sctp']);

/**
 * Reads the short port syntax `[[IP:][HOST]:]CONTAINER[/PROTOCOL]` (spec-facts section 20). A range of container ports
 * becomes one port each, ordered by the text of `port/protocol`. Throws a RangeError that says what is wrong.
 */
export function parsePortSpecification(specification: string): readonly Port[] {
  const { address, host, container, protocol } = splitSpecification(specification);
  if (!protocols.has(protocol)) throw new RangeError(`Invalid proto: ${protocol}`);
  const address6 = parseHostAddress(address);
  if (container === '') throw new RangeError(`No port specified: ${specification}<empty>`);
  const targets = parsePortRange(container);
  if (targets === undefined) throw new RangeError(`Invalid containerPort: ${container}`);
  const published = host === '' ? undefined : parsePortRange(host);
  if (host !== '' && published === undefined) throw new RangeError(`Invalid hostPort: ${host}`);
  const single = targets.first === targets.last;
  if (published !== undefined && !single && published.last - published.first !== targets.last - targets.first) {
    throw new RangeError(`Invalid ranges specified for container and host Ports: ${container} and ${host}`);
  }
  const ports: Port[] = [];
  for (let target = targets.first; target <= targets.last; target += 1) {
    ports.push({
      mode: 'ingress',
      ...(address6 === '' ? {} : { host_ip: address6 }),
      target,
      ...(published === undefined ? {} : { published: publishedText(published, target - targets.first, single) }),
      protocol,
    });
  }
  return ports.length === 1 ? ports : ports.sort((a, b) => compareTexts(String(a.target), String(b.target)));
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function publishedText(range: PortRange, offset: number, single: boolean): string {
  const first = String(range.first + offset);
  return single && range.first !== range.last ? `${first}-${String(range.last)}` : first;
}

function splitSpecification(specification: string): {
  readonly address: string;
  readonly host: string;
  readonly container: string;
  readonly protocol: string;
} {
  const parts = specification.split(':');
  const [container = '', protocol = ''] = (parts.pop() ?? '').split('/');
  const host = parts.pop() ?? '';
  return { address: parts.join(':'), host, container, protocol: protocol === '' ? 'tcp' : protocol.toLowerCase() };
}

function parseHostAddress(text: string): string {
  if (text === '') return '';
  const bracketed = /^\[(.*)\]$/.exec(text)?.[1];
  if (bracketed === undefined && text.includes(':')) {
    throw new RangeError(`Invalid ip address ${text}: an IPv6 address stands in brackets, as in [${text}]:8080:80`);
  }
  const address = bracketed ?? text;
  if (!isAddress(address)) throw new RangeError(`Invalid ip address: ${address}`);
  return address;
}

/** Reads `N` or `N-M`; undefined when it is neither or descends. */
function parsePortRange(text: string): PortRange | undefined {
  const [firstText = '', lastText = firstText] = text.split('-', 2);
  const first = parsePort(firstText);
  const last = parsePort(lastText);
  return first === undefined || last === undefined || last < first ? undefined : { first, last };
}

function parsePort(text: string): number | undefined {
  const port = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return port <= 65_535 ? port : undefined;
}
