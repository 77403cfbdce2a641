import { join } from 'node:path';
import { dockerConfigFolder, readDockerConfig } from '../credentials/docker-config.ts';
import { isTopsailError } from '../diagnostics/topsail-error.ts';
import type { TlsMaterial } from '../engine/endpoint.ts';
import { EngineError } from '../engine/engine-error.ts';
import { contextEndpoint } from './docker-context.ts';
import type { EngineCandidate, EngineSearch, Environment, LookedAt } from './engine-search.ts';
import { parseEndpoint } from './parse-endpoint.ts';
import { readTlsMaterial } from './tls-material.ts';

/**
 * The engine that flags, environment or configuration name, as Docker clients choose it: address flag, context flag, `DOCKER_HOST`,
 * `DOCKER_CONTEXT`, the current context. Throws an `unreachable` EngineError for an address that makes no sense.
 */
export async function namedCandidate(search: EngineSearch): Promise<EngineCandidate | LookedAt | undefined> {
  const { environment } = search;
  if (search.host !== undefined) return hostCandidate('the host flag', search.host, search);
  if (search.context !== undefined) return contextCandidate('the context flag', search.context, search, true);
  const host = stated(environment, 'DOCKER_HOST');
  if (host !== undefined) return hostCandidate('DOCKER_HOST', host, search);
  const context = stated(environment, 'DOCKER_CONTEXT');
  if (context !== undefined) return contextCandidate('DOCKER_CONTEXT', context, search, true);
  return currentContextCandidate(search);
}

/** The current context is a habit rather than a demand: one that cannot be used is noted and passed over. */
async function currentContextCandidate(search: EngineSearch): Promise<EngineCandidate | LookedAt | undefined> {
  const source = 'the current docker context';
  const folder = dockerConfigFolder(search.environment, search.homeDirectory);
  try {
    const { currentContext } = await readDockerConfig(folder);
    if (typeof currentContext !== 'string' || currentContext === '') return undefined;
    return await contextCandidate(source, currentContext, search, false);
  } catch (error) {
    if (!isTopsailError(error)) throw error;
    return { source, address: folder, named: true, outcome: 'no-answer', reason: error.message };
  }
}

/** Where engines put their sockets, ours first. */
export function usualCandidates(search: EngineSearch): readonly EngineCandidate[] {
  if ((search.platform ?? process.platform) === 'win32') {
    return usualPipes.map(([source, path]) => ({
      source,
      endpoint: { kind: 'npipe', path },
      named: false,
      binding: false,
    }));
  }
  return usualSockets(search.environment, search.homeDirectory).map(([source, path]) => ({
    source,
    endpoint: { kind: 'unix', path },
    named: false,
    binding: false,
  }));
}

const usualPipes: readonly (readonly [source: string, path: string])[] = [
  ['Docker', '//./pipe/docker_engine'],
  ['Podman machine', '//./pipe/podman-machine-default'],
];

function usualSockets(environment: Environment, home: string): readonly (readonly [source: string, path: string])[] {
  const state = stated(environment, 'XDG_STATE_HOME') ?? join(home, '.local/state');
  const runtime = stated(environment, 'XDG_RUNTIME_DIR');
  const inRuntime = (source: string, name: string): readonly (readonly [string, string])[] =>
    runtime === undefined ? [] : [[source, join(runtime, name)]];
  return [
    ['the private engine of `npm start`', join(state, 'topsail/engine/docker.sock')],
    ['Docker', '/var/run/docker.sock'],
    ...inRuntime('rootless Docker', 'docker.sock'),
    ['Podman', '/run/podman/podman.sock'],
    ...inRuntime('rootless Podman', 'podman/podman.sock'),
    ['Podman machine', join(home, '.local/share/containers/podman/machine/podman.sock')],
    ['Colima', join(home, '.colima/default/docker.sock')],
    ['Colima', join(home, '.config/colima/default/docker.sock')],
    ['OrbStack', join(home, '.orbstack/run/docker.sock')],
    ['Rancher Desktop', join(home, '.rd/docker.sock')],
    ['Docker Desktop', join(home, '.docker/run/docker.sock')],
    ['Docker Desktop', join(home, '.docker/desktop/docker.sock')],
  ];
}

async function hostCandidate(source: string, address: string, search: EngineSearch): Promise<EngineCandidate> {
  const endpoint = parseEndpoint(address, await environmentTls(search));
  if (endpoint === undefined) {
    throw new EngineError('unreachable', `${source} is no address of an engine: ${JSON.stringify(address)}`);
  }
  return { source, endpoint, named: true, binding: true };
}

async function contextCandidate(
  source: string,
  name: string,
  search: EngineSearch,
  binding: boolean,
): Promise<EngineCandidate | undefined> {
  const endpoint = await contextEndpoint(dockerConfigFolder(search.environment, search.homeDirectory), name);
  return endpoint === undefined ? undefined : { source: `${source} (${name})`, endpoint, named: true, binding };
}

/** `DOCKER_TLS_VERIFY` and `DOCKER_TLS` turn TLS on when they are not empty, as for Docker clients. */
async function environmentTls({ environment, homeDirectory }: EngineSearch): Promise<TlsMaterial | undefined> {
  const verify = stated(environment, 'DOCKER_TLS_VERIFY') !== undefined;
  if (!verify && stated(environment, 'DOCKER_TLS') === undefined) return undefined;
  const folder = stated(environment, 'DOCKER_CERT_PATH') ?? dockerConfigFolder(environment, homeDirectory);
  return readTlsMaterial(folder, verify);
}

function stated(environment: Environment, name: string): string | undefined {
  const value = environment[name];
  return value === '' ? undefined : value;
}
