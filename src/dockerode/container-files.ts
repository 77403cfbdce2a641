import type { CallOptions, ContainerCalls, PathStat } from '../engine/engine.ts';
import { EngineError, isEngineError } from '../engine/engine-error.ts';
import { containerPath } from './container-path.ts';
import type { EngineConnection } from './engine-connection.ts';

/** Bits of a mode as the engine writes it. */
const modeBits = { directory: 2 ** 31, link: 2 ** 27, special: 2 ** 26 + 2 ** 25 + 2 ** 24 + 2 ** 21 };

/** Calls about the files of containers. */
export function fileCalls(
  connection: EngineConnection,
): Pick<ContainerCalls, 'putArchive' | 'getArchive' | 'statPath' | 'exportFiles' | 'commit'> {
  return {
    putArchive: (id, path, tar, call = {}) => {
      const { noOverwriteDirNonDir, copyUIDGID, ...options } = call;
      const query = { path, noOverwriteDirNonDir, copyUIDGID };
      return connection.command({ method: 'PUT', path: `${containerPath(id)}/archive`, query, tar }, options);
    },
    getArchive: (id, path, call) => bytesOf(connection, `${containerPath(id)}/archive`, { path }, call),
    statPath: (id, path, call) => statPath(connection, id, path, call),
    exportFiles: (id, call) => bytesOf(connection, `${containerPath(id)}/export`, {}, call),
    commit: async (id, request, call) => {
      const { repository, message, ...others } = request;
      const query = { container: id, repo: repository, comment: message, ...others };
      const { Id } = await connection.json<{ readonly Id: string }>(
        { method: 'POST', path: '/commit', query, body: {} },
        call,
      );
      // Podman leaves the kind of digest out.
      return /^[0-9a-f]{64}$/.test(Id) ? `sha256:${Id}` : Id;
    },
  };
}

async function* bytesOf(
  connection: EngineConnection,
  path: string,
  query: Readonly<Record<string, string>>,
  call: CallOptions | undefined,
): AsyncGenerator<Uint8Array, void, undefined> {
  yield* connection.bytes(await connection.stream({ method: 'GET', path, query }, call), call);
}

/** The answer is a header, JSON in base64. */
async function statPath(
  connection: EngineConnection,
  id: string,
  path: string,
  call: CallOptions | undefined,
): Promise<PathStat> {
  const request = { method: 'HEAD', path: `${containerPath(id)}/archive`, query: { path } } as const;
  try {
    const answer = await connection.stream(request, call);
    const header = answer.headers['x-docker-container-path-stat'];
    answer.destroy();
    return pathStat(typeof header === 'string' ? Buffer.from(header, 'base64').toString() : '', path);
  } catch (error) {
    if (!isEngineError(error, 'not-found')) throw error;
    // A head has no body that would say it.
    throw new EngineError('not-found', `Could not find the file ${path} in container ${id}`, { statusCode: 404 });
  }
}

function pathStat(text: string, path: string): PathStat {
  try {
    const { mode, linkTarget } = JSON.parse(text) as { readonly mode: number; readonly linkTarget: string };
    return { kind: kindOf(mode), target: linkTarget };
  } catch (cause) {
    throw new EngineError('server', `the engine does not say what ${path} is`, { cause });
  }
}

/** Above the range of bitwise operators. */
function kindOf(mode: number): PathStat['kind'] {
  if (mode >= modeBits.directory) return 'directory';
  if ((mode & modeBits.link) !== 0) return 'link';
  return (mode & modeBits.special) === 0 ? 'file' : 'other';
}
