import type { CommitRequest, ContainerCalls } from '../engine/engine.ts';
import type { CallGate, RecordedCall } from './call-gate.ts';
import { endProcess, removeContainer, startContainer, stopContainer } from './container-lifecycle.ts';
import { inspectView, summaryView } from './container-view.ts';
import { createContainer, refuseTakenName } from './create-container.ts';
import { hasLabels } from './event-hub.ts';
import { imageFrom } from './image-reference.ts';
import type { MemoryBehaviour } from './memory-behaviour.ts';
import { processCalls } from './process-calls.ts';
import { emitContainer, findContainer, type MemoryContainer, refusal, requireContainer, type World } from './world.ts';

/** `/containers` of the in-process engine. */
export function containerCalls(world: World, gate: CallGate, behaviour: MemoryBehaviour): ContainerCalls {
  const call = (name: string, kind: RecordedCall['kind'], reference: string, details?: unknown): RecordedCall => ({
    name: `containers.${name}`,
    kind,
    subject: findContainer(world, reference)?.name ?? reference,
    details,
  });
  const find = (id: string): ReturnType<typeof requireContainer> => requireContainer(world, id);
  return {
    list: (query, options) =>
      gate.pass(call('list', 'read', '', query), options, () =>
        [...world.containers.values()]
          .filter((container) => query.all || container.state.Running)
          .filter((container) => hasLabels(container.config.Labels ?? {}, query.labels))
          .map((container) => summaryView(container, world.now()))
          .toReversed(),
      ),
    inspect: (id, options) => gate.pass(call('inspect', 'read', id), options, () => inspectView(find(id))),
    create: (request, options) =>
      gate.pass(call('create', 'write', request.name ?? '', request), options, () => ({
        id: createContainer(world, request).id,
        warnings: [],
      })),
    start: (id, options) => gate.pass(call('start', 'write', id), options, () => startContainer(world, find(id))),
    stop: (id, query, options) =>
      gate.pass(call('stop', 'write', id, query), options, () =>
        stopContainer(world, find(id), behaviour.stopExitCode(find(id))),
      ),
    restart: (id, query, options) =>
      gate.pass(call('restart', 'write', id, query), options, () => {
        stopContainer(world, find(id), behaviour.stopExitCode(find(id)));
        startContainer(world, find(id));
        emitContainer(world, find(id), 'restart');
      }),
    kill: (id, query, options) =>
      gate.pass(call('kill', 'write', id, query), options, () => kill(world, id, query?.signal ?? 'SIGKILL')),
    pause: (id, options) => gate.pass(call('pause', 'write', id), options, () => setPaused(world, id, true)),
    unpause: (id, options) => gate.pass(call('unpause', 'write', id), options, () => setPaused(world, id, false)),
    rename: (id, name, options) =>
      gate.pass(call('rename', 'write', id, { name }), options, () => {
        const container = find(id);
        if (container.name === name) {
          throw refusal('bad-request', 400, 'Renaming a container with the same name as its current name');
        }
        refuseTakenName(world, name);
        const oldName = `/${container.name}`;
        container.name = name;
        emitContainer(world, container, 'rename', { oldName });
      }),
    update: (id, limits, options) =>
      gate.pass(call('update', 'write', id, limits), options, () => {
        const container = find(id);
        container.config = { ...container.config, HostConfig: { ...container.config.HostConfig, ...limits } };
        emitContainer(world, container, 'update');
      }),
    remove: (id, query, options) =>
      gate.pass(call('remove', 'write', id, query), options, () =>
        remove(world, id, query?.force ?? false, query?.volumes ?? false),
      ),
    ...processCalls(world, gate, behaviour, call),
    putArchive: async (id, path, tar, options) => {
      const content = await bytesOf(tar);
      await gate.pass(call('putArchive', 'write', id, { path }), options, () => {
        find(id).archives.push({ path, tar: content });
      });
    },
    getArchive: noFiles,
    statPath: noFiles,
    exportFiles: noFiles,
    commit: (id, request, options) =>
      gate.pass(call('commit', 'write', id, request), options, () => commit(world, find(id), request)),
  };
}

function commit(world: World, { config }: MemoryContainer, { repository, tag = 'latest' }: CommitRequest): string {
  const id = `sha256:${world.newId()}`;
  const [reference, image] = imageFrom({ reference: `${repository ?? 'none'}:${tag}`, id, config });
  const named = repository === undefined ? { ...image, RepoTags: [], RepoDigests: [] } : image;
  world.images.set(repository === undefined ? id : reference, named);
  return id;
}

function noFiles(): never {
  throw new TypeError('the in-process engine has no container file system');
}

function kill(world: World, id: string, signal: string): void {
  const container = requireContainer(world, id);
  if (!container.state.Running) {
    throw refusal('conflict', 409, `cannot kill container: ${id}: container ${container.id} is not running`);
  }
  emitContainer(world, container, 'kill', { signal });
  const deadly = /^(?:SIG)?(?:KILL|TERM|INT|QUIT)$|^(?:9|15|2|3)$/.test(signal);
  if (deadly) endProcess(world, container, { exitCode: 137, outOfMemory: false, stopped: true });
}

function setPaused(world: World, id: string, paused: boolean): void {
  const container = requireContainer(world, id);
  if (!container.state.Running) throw refusal('conflict', 409, `container ${container.id} is not running`);
  if (container.state.Paused === paused) {
    throw refusal('conflict', 409, `container ${container.id} is ${paused ? 'already' : 'not'} paused`);
  }
  container.state = { ...container.state, Paused: paused, Status: paused ? 'paused' : 'running' };
  emitContainer(world, container, paused ? 'pause' : 'unpause');
}

function remove(world: World, id: string, force: boolean, volumes: boolean): void {
  const container = findContainer(world, id);
  if (container === undefined) return;
  if (container.state.Running) {
    if (!force) {
      const message = `cannot remove container "/${container.name}": container is running: stop the container before removing or force remove`;
      throw refusal('conflict', 409, message);
    }
    kill(world, id, 'SIGKILL');
  }
  removeContainer(world, container, volumes);
}

async function bytesOf(tar: AsyncIterable<Uint8Array> | Uint8Array): Promise<Uint8Array> {
  if (tar instanceof Uint8Array) return tar;
  const pieces: Uint8Array[] = [];
  for await (const piece of tar) pieces.push(piece);
  return new Uint8Array(Buffer.concat(pieces));
}
