import type { Endpoint } from './endpoints.ts';

/**
 * Endpoints as environment variables: `DB_HOST`, and `DB_PORT_5432` for each port, with `DB_PORT` for the only one. Replicas after
 * the first have their number behind the name of the service, protocols other than TCP stand behind the port.
 */
export function endpointVariables(endpoints: readonly Endpoint[]): ReadonlyMap<string, string> {
  const variables = new Map<string, string>();
  const ports = new Map<string, string[]>();
  for (const { service, replica, target, protocol, host, port } of endpoints) {
    const name = variableName(replica === 1 ? service : `${service}_${String(replica)}`);
    const kind = protocol === 'tcp' ? '' : `_${variableName(protocol)}`;
    variables.set(`${name}_HOST`, host);
    variables.set(`${name}_PORT_${String(target)}${kind}`, String(port));
    ports.set(name, [...(ports.get(name) ?? []), String(port)]);
  }
  for (const [name, [only, ...others]] of ports) {
    if (only !== undefined && others.length === 0) variables.set(`${name}_PORT`, only);
  }
  return new Map([...variables].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function variableName(text: string): string {
  return text
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]/g, '_')
    .replace(/^(?=\d)/, '_');
}
