import type { CallOptions, ImageBuildRequest, ImageCalls, RegistryCredentials } from '../engine/engine.ts';
import { isEngineError } from '../engine/engine-error.ts';
import type { ImageBuildLine, ImageInspect, ImageSummary, TransferProgress } from '../engine/resource.ts';
import { streamedError } from './answer-error.ts';
import type { EngineConnection } from './engine-connection.ts';
import type { EngineRequest } from './engine-request.ts';
import { jsonLines } from './json-lines.ts';

/** `/images` over a connection. */
export function imageCalls(connection: EngineConnection): ImageCalls {
  return {
    list: ({ labels }, call) => {
      const filters = labels === undefined ? undefined : { label: labels };
      return connection.json<readonly ImageSummary[]>(
        { method: 'GET', path: '/images/json', query: { filters } },
        call,
      );
    },
    inspect: (reference, call) =>
      connection.json<ImageInspect>({ method: 'GET', path: `${imagePath(reference)}/json` }, call),
    pull: (reference, query, call) => {
      const { image, tag } = splitReference(reference);
      const request = { path: '/images/create', query: { fromImage: image, tag, platform: query?.platform } };
      return transfer(connection, withLogin(request, query?.credentials), call);
    },
    push: (reference, query, call) => {
      const { image, tag } = splitReference(reference);
      // Without a login the header has to be there all the same.
      return transfer(
        connection,
        withLogin({ path: `${imagePath(image)}/push`, query: { tag } }, query?.credentials ?? {}),
        call,
      );
    },
    tag: (reference, name, call) => {
      const { image: repo, tag } = splitReference(name);
      return connection.command({ method: 'POST', path: `${imagePath(reference)}/tag`, query: { repo, tag } }, call);
    },
    build: (tar, request, call) => build(connection, tar, request, call),
    remove: (reference, query, call) =>
      connection.command({ method: 'DELETE', path: imagePath(reference), query: { force: query?.force } }, call),
  };
}

async function* build(
  connection: EngineConnection,
  tar: AsyncIterable<Uint8Array>,
  { query, logins }: ImageBuildRequest,
  call: CallOptions | undefined,
): AsyncGenerator<ImageBuildLine, void, undefined> {
  const stream = await connection.stream(
    { method: 'POST', path: '/build', query, tar, ...(logins === undefined ? {} : { logins }) },
    call,
  );
  for await (const line of jsonLines(connection.bytes(stream, call))) {
    const { error, ...news } = line as ImageBuildLine & { readonly error?: string };
    if (error !== undefined) throw streamedError(error);
    yield news;
  }
}

/** References keep their slashes and colons in a path. */
function imagePath(reference: string): string {
  return `/images/${encodeURI(reference)}`;
}

function withLogin(
  request: Pick<EngineRequest, 'path' | 'query'>,
  credentials: RegistryCredentials | undefined,
): EngineRequest {
  return { method: 'POST', ...request, ...(credentials === undefined ? {} : { credentials }) };
}

/** A line as engines write it. Docker puts a push's digest into `aux`, and all put it into words. */
interface TransferLine extends Partial<TransferProgress> {
  readonly error?: string;
  readonly aux?: { readonly Digest?: string };
}

async function* transfer(
  connection: EngineConnection,
  request: EngineRequest,
  call: CallOptions | undefined,
): AsyncGenerator<TransferProgress, void, undefined> {
  const stream = await connection.stream(request, call).catch((error: unknown) => {
    // What a registry refuses before the first byte is answered as a failure of the engine itself.
    throw isEngineError(error, 'server') ? streamedError(error.message) : error;
  });
  for await (const line of jsonLines(connection.bytes(stream, call))) {
    const { error, aux, status = '', id, progressDetail } = line as TransferLine;
    if (error !== undefined) throw streamedError(error);
    const digest = aux?.Digest ?? /\b[Dd]igest: (sha256:[0-9a-f]{64})\b/.exec(status)?.[1];
    yield {
      status,
      ...(id === undefined ? {} : { id }),
      ...(progressDetail === undefined ? {} : { progressDetail }),
      ...(digest === undefined ? {} : { digest }),
    };
  }
}

/** A pull or a push without a tag would be of them all. */
function splitReference(reference: string): { readonly image: string; readonly tag: string } {
  const at = reference.indexOf('@');
  if (at >= 0) return { image: reference.slice(0, at), tag: reference.slice(at + 1) };
  const colon = reference.lastIndexOf(':');
  if (colon <= reference.lastIndexOf('/')) return { image: reference, tag: 'latest' };
  return { image: reference.slice(0, colon), tag: reference.slice(colon + 1) };
}
