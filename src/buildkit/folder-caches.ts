import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { errorCode, errorMessage } from '../diagnostics/thrown.ts';
import { BuildError } from '../engine/build-error.ts';
import type { BuildRequest } from '../engine/builder.ts';
import { type CacheEnvironment, parseCacheEntries } from './cache-entries.ts';
import { dropLeftIngests } from './content-ingest.ts';
import { type ContentStore, openContentStore } from './content-store.ts';
import { GrpcError, grpcStatus } from './grpc-error.ts';
import { findManifest, isDescriptor, putManifest } from './layout-index.ts';
import type { CacheEntry } from './solve-request.ts';

/** What BuildKit calls a cache manifest without a name. */
const usualTag = 'latest';

/** The caches of one build, those in folders of this machine as stores that are served to the builder. */
export interface FolderCaches {
  readonly imports: readonly CacheEntry[];
  readonly exports: readonly CacheEntry[];
  /** By the names that the builder asks for them. */
  readonly stores: ReadonlyMap<string, ContentStore>;
  /** Folders that hold no cache, in sentences: a cache is no more than a hint. */
  readonly unread: readonly string[];
  /** Enters what the builder has exported, as it describes it, into the folders that hold it. */
  readonly keep: (described: string | undefined) => Promise<void>;
  /** Drops what the builder has begun to write and not ended. */
  readonly close: () => Promise<void>;
}

/**
 * Opens the caches of a request. Folders are relative to the working directory, as buildx takes them; the builder hears names in place
 * of their paths. `now` is milliseconds since the epoch. Throws a {@link BuildError} `refused`.
 */
export async function openFolderCaches(
  request: Pick<BuildRequest, 'cacheFrom' | 'cacheTo'>,
  environment: CacheEnvironment,
  now: number,
): Promise<FolderCaches> {
  const stores = new Map<string, ContentStore>();
  const serve = (folder: string, writable: boolean): string => {
    const name = createHash('sha256').update(folder).digest('hex').slice(0, 32);
    stores.set(`local:${name}`, openContentStore(folder, { writable }));
    return name;
  };
  const unread: string[] = [];
  const imports: CacheEntry[] = [];
  for (const { type, attributes } of parseCacheEntries(request.cacheFrom, environment)) {
    if (type !== 'local') {
      imports.push({ type, attributes });
      continue;
    }
    const folder = folderOf(attributes['src'], 'cache_from', 'src');
    const found = await findCache(folder, attributes);
    if ('missing' in found) unread.push(`no cache is read from ${folder}: ${found.missing}`);
    else imports.push({ type, attributes: { ...attributes, src: serve(folder, false), digest: found.digest } });
  }
  const exports: CacheEntry[] = [];
  const kept: { readonly folder: string; readonly tag: string }[] = [];
  for (const { type, attributes } of parseCacheEntries(request.cacheTo, environment)) {
    if (type !== 'local') {
      exports.push({ type, attributes });
      continue;
    }
    const folder = folderOf(attributes['dest'], 'cache_to', 'dest');
    await makeFolder(folder, now);
    kept.push({ folder, tag: attributes['tag'] ?? usualTag });
    // A folder that is read, too, is one store.
    exports.push({ type, attributes: { ...attributes, dest: serve(folder, true) } });
  }
  return {
    imports,
    exports,
    stores,
    unread,
    keep: (described) => keep(described, kept),
    close: async () => {
      await Promise.all([...stores.values()].map((store) => store.close()));
    },
  };
}

function folderOf(path: string | undefined, where: string, attribute: string): string {
  if (path !== undefined && path !== '') return resolve(path);
  throw new BuildError('refused', `${where} of type local requires ${attribute}`);
}

async function makeFolder(folder: string, now: number): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await dropLeftIngests(folder, now);
  } catch (error) {
    throw new BuildError('refused', `the cache cannot be kept in ${folder}: ${errorMessage(error)}`, { cause: error });
  }
}

async function findCache(
  folder: string,
  { digest, tag = usualTag }: CacheEntry['attributes'],
): Promise<{ readonly digest: string } | { readonly missing: string }> {
  try {
    const found = digest ?? (await findManifest(folder, tag));
    if (found === undefined) return { missing: `its index has no tag ${tag}` };
    await openContentStore(folder, { writable: false }).info(found);
    return { digest: found };
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return { missing: 'it has no index.json' };
    return { missing: errorMessage(error) };
  }
}

async function keep(
  described: string | undefined,
  kept: readonly { readonly folder: string; readonly tag: string }[],
): Promise<void> {
  if (described === undefined || kept.length === 0) return;
  const descriptor = readDescriptor(described);
  for (const { folder, tag } of kept) {
    if (!(await holds(folder, descriptor.digest))) continue;
    try {
      await putManifest(folder, tag, descriptor);
    } catch (error) {
      throw new BuildError('failed', `the cache is not kept in ${folder}: ${errorMessage(error)}`, { cause: error });
    }
  }
}

/** The builder may write all that it likes, but only its own manifest gets a tag. */
async function holds(folder: string, digest: string): Promise<boolean> {
  try {
    await openContentStore(folder, { writable: false }).info(digest);
    return true;
  } catch (error) {
    if (error instanceof GrpcError && error.code === grpcStatus.notFound) return false;
    throw error;
  }
}

function readDescriptor(text: string): { readonly digest: string } {
  const value: unknown = JSON.parse(text);
  if (isDescriptor(value)) return value;
  throw new BuildError('failed', 'the builder described its cache by no digest');
}
