import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { unreachable } from '../diagnostics/unreachable.ts';
import { BuildError } from '../engine/build-error.ts';
import type { BuildRequest, BuildSource } from '../engine/builder.ts';
import type { Engine } from '../engine/engine.ts';
import { parseImageReference } from '../engine/image-reference.ts';
import { contextKind } from '../source/context-kind.ts';
import type { ContentStore } from './content-store.ts';
import { imageInput, imageInputMetadata } from './image-input.ts';
import { openOciLayout } from './oci-layout.ts';

/** What a frontend is able to do that takes contexts by name. */
export const namedContexts = 'moby.buildkit.frontend.contexts';

/** Where the frontend finds what a build is made from, and the local folders and files we serve for it. */
export interface BuildContexts {
  /** Frontend attributes. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Folders served by file sync, by name. */
  readonly folders: ReadonlyMap<string, string>;
  /** Tar files served by upload, by the path of their address. */
  readonly archives: ReadonlyMap<string, string>;
  /** Names the folders to the builder over many builds. */
  readonly sharedKey: string;
  /** Inputs of the frontend: images of the engine that are not to be looked up elsewhere. */
  readonly inputs: ReadonlyMap<string, Uint8Array>;
  /** Folders of the OCI image layout, by the names that the builder asks for them. */
  readonly stores: ReadonlyMap<string, ContentStore>;
  /** Removes what was written for this build. */
  readonly close: () => Promise<void>;
}

/** Lays the contexts of a request out. Writes a Dockerfile given as text into a folder of its own until `close`. */
export async function layOutContexts(
  request: BuildRequest,
  engine: Pick<Engine, 'images'>,
  signal: AbortSignal,
): Promise<BuildContexts> {
  const inputs = new Map<string, Uint8Array>();
  const attributes: Record<string, string> = {};
  const folders = new Map<string, string>();
  const archives = new Map<string, string>();
  const stores = new Map<string, ContentStore>();
  const addressOf = (source: BuildSource, local: string): string => {
    switch (source.kind) {
      case 'folder':
        folders.set(local, source.path);
        return `local:${local}`;
      case 'remote':
        return source.address;
      case 'image':
      case 'build':
        return `docker-image://${source.reference}`;
      case 'layout':
        throw new BuildError('refused', 'a build context cannot be an OCI layout: additional_contexts take one');
      case 'archive': {
        const id = randomUUID();
        archives.set(`/${id}`, source.path);
        return `http://buildkit-session/${id}`;
      }
      default:
        return unreachable(source);
    }
  };
  const main = await sourceOnDisk(request.context);
  const context = addressOf(main, 'context');
  if (!folders.has('context')) attributes['context'] = context;
  for (const [index, { name, source }] of request.contexts.entries()) {
    if (source.kind === 'layout') {
      const { tag, digest, store } = await openOciLayout(source.reference);
      stores.set(`oci:context${index}`, store);
      attributes[`context:${name}`] = `oci-layout://context${index}:${tag}@${digest}`;
      continue;
    }
    const local = source.kind === 'build' ? await engine.images.inspect(source.reference, { signal }) : undefined;
    if (local === undefined || source.kind !== 'build') {
      attributes[`context:${name}`] = addressOf(source, `context${index}`);
      continue;
    }
    inputs.set(name, imageInput(fullReference(source.reference), local));
    attributes[`context:${name}`] = `input:${name}`;
    attributes[`input-metadata:${name}`] = imageInputMetadata(local);
  }
  // A frontend that does not know named contexts is to refuse them, not to look for images of their names.
  if (request.contexts.length > 0) attributes['frontend.caps'] = `${namedContexts}+forward`;
  const written = await layOutDockerfile({ ...request, context: main }, attributes, folders);
  return {
    attributes,
    folders,
    archives,
    inputs,
    stores,
    sharedKey: createHash('sha256')
      .update([hostname(), ...folders.values()].join('\0'))
      .digest('hex'),
    close: async () => {
      if (written !== undefined) await rm(written, { recursive: true, force: true });
    },
  };
}

/** A context may be a tar file instead of a folder. */
async function sourceOnDisk(source: BuildSource): Promise<BuildSource> {
  if (source.kind !== 'folder') return source;
  const kind = await contextKind(source.path);
  if (kind === 'archive') return { kind, path: source.path };
  if (kind === 'folder') return source;
  throw new BuildError('refused', `unable to prepare context: path ${JSON.stringify(source.path)} not found`);
}

/** `app` as `docker.io/library/app:latest`. */
function fullReference(text: string): string {
  const parsed = parseImageReference(text);
  if ('problem' in parsed) throw new BuildError('refused', parsed.problem);
  const { registry, repository, tag, digest } = parsed;
  return `${registry}/${repository}${digest === undefined ? `:${tag ?? 'latest'}` : `@${digest}`}`;
}

/** The Dockerfile lies in a folder of its own name, so that it may be outside of the context. */
async function layOutDockerfile(
  { context, dockerfile = 'Dockerfile', dockerfileText }: BuildRequest,
  attributes: Record<string, string>,
  folders: Map<string, string>,
): Promise<string | undefined> {
  if (dockerfileText !== undefined) {
    const folder = await mkdtemp(join(tmpdir(), 'topsail-dockerfile-'));
    await writeFile(join(folder, 'Dockerfile'), dockerfileText);
    folders.set('dockerfile', folder);
    attributes['filename'] = 'Dockerfile';
    if (context.kind !== 'folder') attributes['dockerfilekey'] = 'dockerfile';
    return folder;
  }
  if (context.kind !== 'folder' && !isAbsolute(dockerfile)) {
    attributes['filename'] = dockerfile;
    return undefined;
  }
  const path = context.kind === 'folder' && !isAbsolute(dockerfile) ? join(context.path, dockerfile) : dockerfile;
  folders.set('dockerfile', dirname(path));
  attributes['filename'] = basename(path);
  if (context.kind !== 'folder') attributes['dockerfilekey'] = 'dockerfile';
  return undefined;
}
