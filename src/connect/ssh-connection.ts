import type { OpenConnection } from '../dockerode/open-connection.ts';
import type { EngineEndpoint } from '../engine/endpoint.ts';
import { ProcessStream } from '../process/process-stream.ts';
import type { Environment } from './engine-search.ts';

/** Connections over `ssh`, which brings the user's own configuration, keys and known hosts. */
export function sshConnection(
  endpoint: EngineEndpoint & { readonly kind: 'ssh' },
  environment: Environment,
): OpenConnection {
  const parameters = sshParameters(endpoint);
  return () => new ProcessStream('ssh', parameters, environment);
}

/** The parameters of `ssh` for a connection to the engine at its other end. */
export function sshParameters(endpoint: EngineEndpoint & { readonly kind: 'ssh' }): readonly string[] {
  const port = endpoint.port === undefined ? [] : ['-p', String(endpoint.port)];
  const socket = endpoint.path === undefined ? [] : ['--host', shellWord(`unix://${endpoint.path}`)];
  return [
    ...['-o', 'ConnectTimeout=30', '-T', ...port, '--', endpoint.destination],
    ...['docker', ...socket, 'system', 'dial-stdio'],
  ];
}

/** The other machine's shell reads the command. */
function shellWord(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
