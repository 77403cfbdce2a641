import type { Endpoint } from '../compose/endpoints.ts';

/** `web:80 127.0.0.1:24001`; a second replica is `web-2:80`, another protocol than TCP is named. */
export function endpointWords({ service, replica, target, protocol, host, port }: Endpoint): string {
  const who = replica === 1 ? service : `${service}-${String(replica)}`;
  const kind = protocol === 'tcp' ? '' : `/${protocol}`;
  return `${who}:${String(target)}${kind} ${authority(host, port)}`;
}

function authority(host: string, port: number): string {
  return `${host.includes(':') ? `[${host}]` : host}:${String(port)}`;
}
