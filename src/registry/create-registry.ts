import { errorCode, errorMessage } from '../diagnostics/thrown.ts';
import { isTopsailError, TopsailError } from '../diagnostics/topsail-error.ts';
import { type ImageReference, isDigest } from '../engine/image-reference.ts';
import type { Registry, RegistryManifest } from '../engine/registry.ts';
import { indexTypes, manifestTypes } from './media-types.ts';
import { registryError } from './registry-error.ts';
import { apiHost } from './registry-host.ts';
import { type RegistryOptions, RegistrySession } from './registry-session.ts';
import type { HttpAnswer } from './send-request.ts';
import { digestOf, hasDigest } from './verify-digest.ts';

const longestManifest = 4 * 1024 * 1024;
/** A refusal may say more than a small blob holds. */
const longestRefusal = 64 * 1024;
const longestTagList = 1024 * 1024;
const acceptedManifests = [...indexTypes, ...manifestTypes].join(', ');

/** Registries over HTTP. Logins and what was found out about hosts are kept as long as the value lives. */
export function createRegistry(options: RegistryOptions): Registry {
  const session = new RegistrySession(options);
  const readManifest = async (reference: ImageReference, signal?: AbortSignal): Promise<RegistryManifest> => {
    const request = { method: 'GET', path: manifestPath(reference), accept: acceptedManifests } as const;
    const answer = await session.send(reference, { ...request, longestBody: longestManifest, signal });
    requireSuccess(answer, `manifest ${reference.digest ?? reference.tag ?? 'latest'}`);
    const stated = reference.digest ?? statedDigest(answer);
    if (stated !== undefined && !hasDigest(answer.body, stated)) throw mismatch(stated);
    const mediaType = (answer.headers['content-type'] ?? '').split(';', 1)[0]?.trim() ?? '';
    return { digest: stated ?? digestOf(answer.body), mediaType, bytes: answer.body };
  };
  return {
    digestOf: (reference, { signal } = {}) =>
      explained(reference, signal, async () => {
        const request = { method: 'HEAD', path: manifestPath(reference), accept: acceptedManifests } as const;
        const answer = await session.send(reference, { ...request, longestBody: longestManifest, signal });
        requireSuccess(answer, `manifest ${reference.digest ?? reference.tag ?? 'latest'}`);
        return statedDigest(answer) ?? (await readManifest(reference, signal)).digest;
      }),
    tags: (reference, { signal } = {}) =>
      explained(reference, signal, async () => {
        const request = { method: 'GET', path: 'tags/list?n=1000', longestBody: longestTagList } as const;
        const answer = await session.send(reference, { ...request, signal });
        requireSuccess(answer, `repository ${reference.repository}`);
        return tagsIn(answer.body);
      }),
    manifest: (reference, { signal } = {}) => explained(reference, signal, () => readManifest(reference, signal)),
    blob: (reference, { digest, size }, { signal } = {}) =>
      explained(reference, signal, async () => {
        if (!isDigest(digest)) throw registryError('answer-invalid', `${JSON.stringify(digest)} is no digest`);
        const request = {
          method: 'GET',
          path: `blobs/${digest}`,
          longestBody: Math.max(size, longestRefusal),
        } as const;
        const answer = await session.send(reference, { ...request, signal });
        requireSuccess(answer, `blob ${digest}`);
        if (!hasDigest(answer.body, digest)) throw mismatch(digest);
        return answer.body;
      }),
  };
}

function tagsIn(body: Buffer): readonly string[] {
  try {
    const { tags } = JSON.parse(body.toString()) as { readonly tags?: unknown };
    const names: readonly unknown[] = Array.isArray(tags) ? tags : [];
    return names.filter((tag) => typeof tag === 'string');
  } catch {
    throw registryError('answer-invalid', 'its list of tags is not JSON');
  }
}

function manifestPath({ tag = 'latest', digest }: ImageReference): string {
  return `manifests/${digest ?? tag}`;
}

function statedDigest({ headers }: HttpAnswer): string | undefined {
  const stated = headers['docker-content-digest'];
  return typeof stated === 'string' && isDigest(stated) ? stated : undefined;
}

function mismatch(digest: string): TopsailError {
  return registryError('answer-invalid', `what it sent is not ${digest}: its digest differs`);
}

function requireSuccess({ status, body }: HttpAnswer, what: string): void {
  if (status === 200) return;
  const said = complaint(body);
  const detail = said === undefined ? '' : `: ${said}`;
  if (status === 404) throw registryError('not-found', `it has no ${what}${detail}`);
  if (status === 403) throw registryError('denied', `it denies access${detail}`);
  if (status === 429) throw registryError('refused', `it takes no more requests for now${detail}`);
  throw registryError('refused', `it answers with status ${status}${detail}`);
}

/** The first message of the error list that registries answer with, on one line and of bounded length. */
function complaint(body: Buffer): string | undefined {
  try {
    const value = JSON.parse(body.toString()) as { readonly errors?: readonly { readonly message?: unknown }[] } | null;
    const message = value?.errors?.[0]?.message;
    return typeof message === 'string' ? message.replace(/\s+/g, ' ').slice(0, 200) : undefined;
  } catch {
    return undefined;
  }
}

/** Names the registry in front of what went wrong, and makes connection errors errors of ours. */
async function explained<Value>(
  { registry }: ImageReference,
  signal: AbortSignal | undefined,
  call: () => Promise<Value>,
): Promise<Value> {
  try {
    return await call();
  } catch (thrown) {
    if (signal?.aborted === true) throw thrown;
    if (isTopsailError(thrown) && !thrown.code.startsWith('registry-')) throw thrown;
    if (isTopsailError(thrown)) {
      throw new TopsailError(thrown.code, `registry ${registry}: ${thrown.message}`, {
        origin: thrown.origin,
        cause: thrown.cause,
      });
    }
    throw registryError('unreachable', `cannot reach registry ${apiHost(registry)}: ${reasonOf(thrown)}`, thrown);
  }
}

/** An error of several addresses has no message of its own. */
function reasonOf(thrown: unknown): string {
  const message = errorMessage(thrown);
  return message === '' ? (errorCode(thrown) ?? 'no reason is known') : message;
}
