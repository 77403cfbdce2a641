import { Readable } from 'node:stream';
import Docker from 'dockerode';
import type { RegistryCredentials } from '../engine/engine.ts';
import type { EndpointAgent } from './endpoint-agent.ts';
import type { EngineRequest } from './engine-request.ts';

/** A request whose answer is a stream, or whose connection becomes one. */
export type DialRequest = EngineRequest & { readonly hijack?: boolean; readonly openStdin?: boolean };

/** Every status counts as an answer, so that the engine's refusals are read and worded here; a refused hijack is an error of dial. */
const everyStatus: Readonly<Record<number, true>> = Object.fromEntries(
  Array.from({ length: 500 }, (_, index) => [index + 100, true as const]),
);

/** dockerode's `dial` over an agent's connections, as a promise of the answer or of the raw stream. */
export function openModem(
  agent: EndpointAgent,
  apiVersion: string,
): (request: DialRequest, signal: AbortSignal | undefined) => Promise<unknown> {
  const modem = createModem(agent, apiVersion);
  return (request, signal) =>
    new Promise((resolve, reject) => {
      modem.dial(dialOptions(request, signal), (error: Error | null, answer: unknown) => {
        if (error !== null) reject(error);
        else resolve(answer);
      });
    });
}

/** The request in the words of dockerode's `dial`. */
function dialOptions(request: DialRequest, signal: AbortSignal | undefined): Parameters<Docker['modem']['dial']>[0] {
  const query = Object.entries(request.query ?? {}).filter(([, value]) => value !== undefined);
  return {
    // The question mark makes dial add the query.
    path: query.length === 0 ? request.path : `${request.path}?`,
    method: request.method,
    // Query and body apart: given as one, everything would appear in both.
    options: { _query: Object.fromEntries(query), _body: request.body ?? {} },
    statusCodes: request.hijack === true ? { 200: true } : everyStatus,
    isStream: true,
    // A body that was given is sent, also an empty one.
    ...(request.body === undefined ? {} : { allowEmpty: true }),
    ...(signal === undefined ? {} : { abortSignal: signal }),
    ...(request.tar === undefined ? {} : { file: tarBody(request.tar) }),
    ...(request.credentials === undefined ? {} : { authconfig: authConfig(request.credentials) }),
    ...(request.logins === undefined ? {} : { registryconfig: registryConfig(request.logins) }),
    ...(request.hijack === true ? { hijack: true, openStdin: request.openStdin ?? false, allowEmpty: true } : {}),
  };
}

function tarBody(tar: AsyncIterable<Uint8Array> | Uint8Array): Buffer | Readable {
  return tar instanceof Uint8Array ? Buffer.from(tar.buffer, tar.byteOffset, tar.byteLength) : Readable.from(tar);
}

/** Encoded here: dockerode's own base64 has not the letters of URLs, which the engine wants. */
function registryConfig(logins: ReadonlyMap<string, RegistryCredentials>): { readonly base64: string } {
  const all = Object.fromEntries(
    // An engine that keeps its images in containerd looks at the address inside.
    [...logins].map(([address, login]) => [address, authConfig({ serverAddress: address, ...login })]),
  );
  const text = Buffer.from(JSON.stringify(all)).toString('base64');
  return { base64: text.replaceAll('+', '-').replaceAll('/', '_') };
}

function authConfig(credentials: RegistryCredentials): Record<string, string> {
  const { username, password, identityToken, serverAddress } = credentials;
  return {
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(identityToken === undefined ? {} : { identitytoken: identityToken }),
    ...(serverAddress === undefined ? {} : { serveraddress: serverAddress }),
  };
}

/**
 * dockerode's modem for the agent's connections; its own address is a placeholder. It reads `DOCKER_HOST` in its constructor, lets it
 * win over an explicit address and throws if it is malformed, so it must not see it.
 */
function createModem(agent: EndpointAgent, apiVersion: string): Docker['modem'] {
  const variable = process.env['DOCKER_HOST'];
  delete process.env['DOCKER_HOST'];
  try {
    // The published types do not know the agent, which docker-modem takes.
    const options: Docker.DockerOptions & { readonly agent: EndpointAgent } = {
      socketPath: 'engine',
      protocol: 'http',
      version: `v${apiVersion}`,
      agent,
    };
    return new Docker(options).modem;
  } finally {
    if (variable !== undefined) process.env['DOCKER_HOST'] = variable;
  }
}
