import type { CallOptions, ImageCalls, RegistryCredentials } from '../engine/engine.ts';
import type { ImageInspect, ImageSummary, PullProgress } from '../engine/resource.ts';
import { streamedError } from './answer-error.ts';
import type { EngineConnection } from './engine-connection.ts';
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
    pull: (reference, query, call) => pull(connection, reference, query, call),
    remove: (reference, query, call) =>
      connection.command({ method: 'DELETE', path: imagePath(reference), query: { force: query?.force } }, call),
  };
}

/** References keep their slashes and colons in a path. */
function imagePath(reference: string): string {
  return `/images/${encodeURI(reference)}`;
}

async function* pull(
  connection: EngineConnection,
  reference: string,
  query: { readonly platform?: string; readonly credentials?: RegistryCredentials } | undefined,
  call: CallOptions | undefined,
): AsyncGenerator<PullProgress, void, undefined> {
  const credentials = query?.credentials;
  const stream = await connection.stream(
    {
      method: 'POST',
      path: '/images/create',
      query: { ...splitReference(reference), platform: query?.platform },
      ...(credentials === undefined ? {} : { credentials }),
    },
    call,
  );
  for await (const line of jsonLines(connection.bytes(stream, call))) {
    const { error, ...progress } = line as PullProgress & { readonly error?: string };
    if (error !== undefined) throw streamedError(error);
    yield progress;
  }
}

/** A pull without a tag would fetch them all. */
function splitReference(reference: string): { readonly fromImage: string; readonly tag: string } {
  const at = reference.indexOf('@');
  if (at >= 0) return { fromImage: reference.slice(0, at), tag: reference.slice(at + 1) };
  const colon = reference.lastIndexOf(':');
  if (colon <= reference.lastIndexOf('/')) return { fromImage: reference, tag: 'latest' };
  return { fromImage: reference.slice(0, colon), tag: reference.slice(colon + 1) };
}
