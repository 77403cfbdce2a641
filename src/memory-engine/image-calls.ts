import type { TextMap } from '../engine/container.ts';
import type { ImageCalls } from '../engine/engine.ts';
import type { ImageBuildLine, ImageInspect, TransferProgress } from '../engine/resource.ts';
import type { CallGate } from './call-gate.ts';
import { hasLabels } from './event-hub.ts';
import { familiarReference, findImage, imageFrom } from './image-reference.ts';
import { emit, refusal, type World } from './world.ts';

/** `/images` of the in-process engine. */
export function imageCalls(world: World, gate: CallGate): ImageCalls {
  return {
    list: (query, options) =>
      gate.pass({ name: 'images.list', kind: 'read', subject: '', details: query }, options, () =>
        [...world.images.values()]
          .filter((image) => hasLabels(image.Config?.Labels ?? {}, query.labels))
          .map((image) => ({
            Id: image.Id,
            RepoTags: image.RepoTags ?? [],
            RepoDigests: image.RepoDigests ?? [],
            Labels: image.Config?.Labels ?? null,
            Created: Date.parse(image.Created ?? '') / 1000,
            Size: image.Size ?? 0,
          })),
      ),
    inspect: (reference, options) =>
      gate.pass({ name: 'images.inspect', kind: 'read', subject: reference, details: undefined }, options, () =>
        structuredClone(requireImage(world, reference)),
      ),
    pull: async function* (reference, query, options): AsyncGenerator<TransferProgress, void, undefined> {
      const call = { name: 'images.pull', kind: 'write', subject: reference, details: query } as const;
      yield { id: tagOf(reference), status: `Pulling from ${repositoryOf(reference)}` };
      yield await gate.pass(call, options, () => pull(world, reference));
    },
    push: async function* (reference, query, options): AsyncGenerator<TransferProgress, void, undefined> {
      const call = { name: 'images.push', kind: 'write', subject: reference, details: query } as const;
      yield { status: `The push refers to repository [${repositoryOf(reference)}]` };
      yield await gate.pass(call, options, () => push(world, reference));
    },
    tag: (reference, name, options) =>
      gate.pass({ name: 'images.tag', kind: 'write', subject: reference, details: name }, options, () =>
        tagImage(world, reference, name),
      ),
    build: async function* (tar, { query }, options): AsyncGenerator<ImageBuildLine, void, undefined> {
      const tags = [query['t'] ?? []].flat();
      let size = 0;
      for await (const piece of tar) size += piece.length;
      const call = { name: 'images.build', kind: 'write', subject: tags[0] ?? '', details: query } as const;
      yield await gate.pass(call, options, () => build(world, tags, String(query['labels'] ?? '{}'), size));
    },
    remove: (reference, query, options) =>
      gate.pass({ name: 'images.remove', kind: 'write', subject: reference, details: query }, options, () =>
        removeImage(world, reference, query?.force ?? false),
      ),
  };
}

function requireImage(world: World, reference: string): ImageInspect {
  const image = findImage(world, reference);
  if (image === undefined) throw refusal('not-found', 404, `No such image: ${reference}`);
  return image;
}

function tagOf(reference: string): string {
  return familiarReference(reference).replace(/^.*[:@]/, '');
}

function repositoryOf(reference: string): string {
  const repository = familiarReference(reference).replace(/[:@][^/]*$/, '');
  return repository.includes('/') ? repository : `library/${repository}`;
}

function pull(world: World, reference: string): TransferProgress {
  const familiar = familiarReference(reference);
  const image = world.registry.get(familiar);
  if (image === undefined) {
    throw refusal(
      'not-found',
      404,
      `pull access denied for ${familiar.replace(/[:@][^/]*$/, '')}, repository does not exist or may require 'docker login': denied: requested access to the resource is denied`,
    );
  }
  const upToDate = world.images.get(familiar)?.Id === image.Id;
  world.images.set(familiar, image);
  emit(world, 'image', 'pull', familiar, { name: familiar });
  const digest = image.RepoDigests?.[0]?.replace(/^.*@/, '') ?? image.Id;
  return { status: `Status: ${upToDate ? 'Image is up to date' : 'Downloaded newer image'} for ${familiar}`, digest };
}

function push(world: World, reference: string): TransferProgress {
  const familiar = familiarReference(reference);
  const image = world.images.get(familiar);
  if (image === undefined) {
    throw refusal('not-found', 404, `An image does not exist locally with the tag: ${familiar.replace(/:[^/]*$/, '')}`);
  }
  world.registry.set(familiar, image);
  emit(world, 'image', 'push', familiar, { name: familiar });
  const digest = image.RepoDigests?.[0]?.replace(/^.*@/, '') ?? image.Id;
  return { status: `${tagOf(reference)}: digest: ${digest} size: 527`, digest };
}

function tagImage(world: World, reference: string, name: string): void {
  const image = requireImage(world, reference);
  const familiar = familiarReference(name);
  const tagged = { ...image, Metadata: { LastTagTime: new Date(world.now()).toISOString() } };
  for (const [tag, other] of world.images) if (other.Id === image.Id) world.images.set(tag, tagged);
  world.images.set(familiar, { ...tagged, RepoTags: [...new Set([...(image.RepoTags ?? []), familiar])] });
  emit(world, 'image', 'tag', image.Id, { name: familiar });
}

/** Every Dockerfile gives the same image for a context of the same size, with these labels. */
function build(world: World, tags: readonly string[], labels: string, size: number): ImageBuildLine {
  const [, image] = imageFrom({ reference: `built-of-${size}-${labels}`, labels: JSON.parse(labels) as TextMap });
  for (const tag of tags) world.images.set(familiarReference(tag), { ...image, RepoTags: tags.map(familiarReference) });
  return { aux: { ID: image.Id } };
}

function removeImage(world: World, reference: string, force: boolean): void {
  const image = requireImage(world, reference);
  const users = [...world.containers.values()].filter((container) => container.imageId === image.Id);
  const tags = [...world.images].filter(([, other]) => other.Id === image.Id).map(([tag]) => tag);
  const user = users.find((container) => container.state.Running || !force);
  if (user !== undefined && tags.length === 1) {
    const state = user.state.Running ? 'running' : 'stopped';
    throw refusal(
      'conflict',
      409,
      `conflict: unable to remove repository reference "${reference}" (must force) - container ${user.id.slice(0, 12)} is using its referenced image ${image.Id.replace('sha256:', '').slice(0, 12)} (${state})`,
    );
  }
  const named = familiarReference(reference);
  for (const tag of tags.includes(named) ? [named] : tags) {
    world.images.delete(tag);
    emit(world, 'image', 'untag', image.Id, { name: tag });
  }
}
