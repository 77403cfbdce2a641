import { homedir } from 'node:os';
import { join } from 'node:path';
import { currentContext } from './docker-context.mjs';
import { enginePlace } from './engine-place.mjs';
import { engineRequest } from './engine-request.mjs';
import { parseEndpoint } from './parse-endpoint.mjs';

/**
 * An engine that answered.
 * @typedef {object} FoundEngine
 * @property {string} source where its address came from
 * @property {string} address what DOCKER_HOST would say
 * @property {import('./engine-request.mjs').Endpoint} endpoint
 * @property {string | undefined} apiVersion
 */

/**
 * Finds the engine a Docker client would use: DOCKER_HOST, the current context, then the usual sockets. An engine that
 * DOCKER_HOST or DOCKER_CONTEXT names has to answer; nothing else is tried then.
 * @returns {Promise<FoundEngine | undefined>}
 */
export async function findEngine() {
  const named = await namedCandidate();
  if (named !== undefined) {
    const found = await probe(named);
    if (found !== undefined) return found;
    if (named.binding) throw new Error(`${named.source} names ${named.address}, where no engine answers`);
  }
  for (const candidate of usualSockets()) {
    const found = await probe(candidate);
    if (found !== undefined) return found;
  }
  return undefined;
}

async function namedCandidate() {
  const host = process.env.DOCKER_HOST;
  if (host) {
    const certificates = process.env.DOCKER_TLS_VERIFY ? certificateFolder() : undefined;
    return { source: 'DOCKER_HOST', address: host, endpoint: parseEndpoint(host, certificates), binding: true };
  }
  const context = await currentContext();
  if (context === undefined) return undefined;
  const { name, address, certificates } = context;
  const endpoint = parseEndpoint(address, certificates);
  return { source: `docker context ${name}`, address, endpoint, binding: Boolean(process.env.DOCKER_CONTEXT) };
}

function certificateFolder() {
  return process.env.DOCKER_CERT_PATH || process.env.DOCKER_CONFIG || join(homedir(), '.docker');
}

/** Where engines put their sockets, ours first. */
function usualSockets() {
  const home = homedir();
  const runtime = process.env.XDG_RUNTIME_DIR;
  const paths = [
    ['topsail', enginePlace().socket],
    ['docker', '/var/run/docker.sock'],
    ['rootless docker', runtime && join(runtime, 'docker.sock')],
    ['podman', '/run/podman/podman.sock'],
    ['rootless podman', runtime && join(runtime, 'podman/podman.sock')],
    ['podman machine', join(home, '.local/share/containers/podman/machine/podman.sock')],
    ['colima', join(home, '.colima/default/docker.sock')],
    ['colima', join(home, '.config/colima/default/docker.sock')],
    ['orbstack', join(home, '.orbstack/run/docker.sock')],
    ['rancher desktop', join(home, '.rd/docker.sock')],
    ['docker desktop', join(home, '.docker/run/docker.sock')],
    ['docker desktop', join(home, '.docker/desktop/docker.sock')],
  ];
  const pipes = [
    ['docker', '//./pipe/docker_engine'],
    ['podman machine', '//./pipe/podman-machine-default'],
  ];
  return (process.platform === 'win32' ? pipes : paths)
    .filter(([, path]) => Boolean(path))
    .map(([source, path]) => ({
      source,
      address: `${process.platform === 'win32' ? 'npipe' : 'unix'}://${path}`,
      endpoint: { socketPath: path },
    }));
}

/** Asks for life. An address that these scripts cannot speak to, such as ssh, is taken at its word. */
async function probe({ source, address, endpoint }) {
  if (endpoint === undefined) return { source, address, endpoint, apiVersion: undefined };
  try {
    const { status, headers } = await engineRequest(endpoint, 'GET', '/_ping', { idleSeconds: 5 });
    return status === 200 ? { source, address, endpoint, apiVersion: String(headers['api-version']) } : undefined;
  } catch {
    return undefined;
  }
}
