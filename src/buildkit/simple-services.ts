import type { RegistryCredentials } from '../engine/engine.ts';
import { GrpcError, grpcStatus } from './grpc-error.ts';
import { type GrpcMethod, unaryMethod } from './grpc-server.ts';
import { decodeMessage } from './protobuf-reader.ts';
import { bytesField, encodeMessage, numberField, textField } from './protobuf-writer.ts';

const serving = 1;

/** `grpc.health.v1.Health/Check`: without an answer the builder drops the session after some seconds. */
export const healthMethod: GrpcMethod = unaryMethod(() => Promise.resolve(numberField(1, serving)));

/** Finds the login of a registry by its host; undefined to go on without one. */
export type RegistryLogins = (host: string, signal: AbortSignal) => Promise<RegistryCredentials | undefined>;

/** The name under which Docker clients keep the login of Docker Hub, by the host that the builder asks for. */
const hubHosts: ReadonlySet<string> = new Set(['registry-1.docker.io', 'docker.io']);

/** `moby.filesync.v1.Auth/Credentials`. The builder fetches tokens itself. */
export function credentialsMethod(logins: RegistryLogins): GrpcMethod {
  return unaryMethod(async (request, signal) => {
    const host = decodeMessage(request).text(1);
    const login = await logins(hubHosts.has(host) ? 'docker.io' : host, signal);
    if (login?.identityToken !== undefined) return textField(2, login.identityToken);
    return encodeMessage(textField(1, login?.username), textField(2, login?.password));
  });
}

/** `moby.buildkit.secrets.v1.Secrets/GetSecret`. */
export function secretsMethod(read: (id: string) => Promise<Uint8Array | undefined>): GrpcMethod {
  return unaryMethod(async (request) => {
    const id = decodeMessage(request).text(1);
    const secret = await read(id);
    if (secret === undefined) throw new GrpcError(grpcStatus.notFound, `secret ${id}: not found`);
    return bytesField(1, secret);
  });
}
