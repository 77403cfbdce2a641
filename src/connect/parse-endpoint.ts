import type { EngineEndpoint, TlsMaterial } from '../engine/endpoint.ts';

/** The port of an engine without and with TLS. */
const defaultPorts = { plain: 2375, tls: 2376 };

/**
 * Reads an address in the words of `DOCKER_HOST`: `unix://`, `npipe://`, `tcp://`, `http://`, `https://`, `ssh://`, or `HOST:PORT`.
 * Undefined if it is none of these.
 */
export function parseEndpoint(address: string, tls?: TlsMaterial): EngineEndpoint | undefined {
  const [, scheme = 'tcp', rest = ''] = /^(?:([a-z]+):\/\/)?(.*)$/s.exec(address.trim()) ?? [];
  switch (scheme) {
    case 'unix':
      return rest === '' ? { kind: 'unix', path: '/var/run/docker.sock' } : { kind: 'unix', path: rest };
    case 'npipe':
      return rest === '' ? undefined : { kind: 'npipe', path: rest };
    case 'tcp':
    case 'http':
      return tcpEndpoint(rest, tls);
    case 'https':
      return tcpEndpoint(rest, tls ?? { verify: true });
    case 'ssh':
      return sshEndpoint(rest);
    default:
      return undefined;
  }
}

function tcpEndpoint(text: string, tls: TlsMaterial | undefined): EngineEndpoint | undefined {
  const { host, port } = hostAndPort(text) ?? {};
  if (host === undefined) return undefined;
  const number = port ?? (tls === undefined ? defaultPorts.plain : defaultPorts.tls);
  return { kind: 'tcp', host, port: number, ...(tls === undefined ? {} : { tls }) };
}

function sshEndpoint(text: string): EngineEndpoint | undefined {
  const [, user, rest = ''] = /^(?:([^@/]+)@)?(.*)$/s.exec(text) ?? [];
  const { host, port, path } = hostAndPort(rest) ?? {};
  // A dash in front would make ssh take the host or the user for an option.
  if (host === undefined || host.startsWith('-') || user?.startsWith('-') === true) return undefined;
  return {
    kind: 'ssh',
    destination: user === undefined ? host : `${user}@${host}`,
    ...(port === undefined ? {} : { port }),
    ...(path === undefined || path === '' || path === '/' ? {} : { path }),
  };
}

function hostAndPort(
  text: string,
): { readonly host: string; readonly port: number | undefined; readonly path: string | undefined } | undefined {
  const match = /^(?:\[([^\]]+)\]|([^:/]+))(?::(\d{1,5}))?(\/.*)?$/.exec(text);
  const host = match?.[1] ?? match?.[2];
  if (host === undefined) return undefined;
  const port = match?.[3];
  if (port !== undefined && Number(port) > 65_535) return undefined;
  return { host, port: port === undefined ? undefined : Number(port), path: match?.[4] };
}
