import type { ContainerCreateRequest, PortBinding } from '../engine/container.ts';
import type { Port, Service } from '../project/service.ts';

/** The two members of a create request that speak of ports. */
export interface PublishedPorts {
  readonly ExposedPorts: NonNullable<ContainerCreateRequest['ExposedPorts']>;
  readonly PortBindings: { readonly [port: string]: readonly PortBinding[] };
}

/**
 * Exposed ports and host bindings of a service. A published range goes to the engine as a range, which takes the first
 * free port of it; an exposed range is written out, because the engine takes single ports only.
 */
export function publishedPorts(service: Service): PublishedPorts {
  const exposed = new Map<string, Record<string, never>>();
  const bindings = new Map<string, PortBinding[]>();
  for (const port of (service.expose ?? []).flatMap(exposedPorts)) exposed.set(port, {});
  for (const port of service.ports ?? []) {
    const key = containerPort(port);
    exposed.set(key, {});
    const list = bindings.get(key) ?? [];
    bindings.set(key, [...list, { HostIp: port.host_ip ?? '', HostPort: port.published ?? '' }]);
  }
  return { ExposedPorts: Object.fromEntries(exposed), PortBindings: Object.fromEntries(bindings) };
}

function containerPort(port: Port): string {
  return `${port.target}/${(port.protocol ?? 'tcp').toLowerCase()}`;
}

/** `70`, `70/udp` or `60-62/tcp` as single ports with their protocol; other texts are left to the engine to refuse. */
function exposedPorts(text: string): readonly string[] {
  const match = /^(?<first>\d+)(?:-(?<last>\d+))?(?:\/(?<protocol>.+))?$/.exec(text)?.groups;
  if (match === undefined) return [text];
  const first = Number(match['first']);
  const last = Number(match['last'] ?? first);
  const protocol = (match['protocol'] ?? 'tcp').toLowerCase();
  if (last < first || last > 65_535) return [text];
  return Array.from({ length: last - first + 1 }, (_, index) => `${first + index}/${protocol}`);
}
