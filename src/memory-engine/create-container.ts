import type { ContainerCreateRequest, MountPoint } from '../engine/container.ts';
import { withImageDefaults } from './image-defaults.ts';
import { findImage } from './image-reference.ts';
import { OutputLog } from './output-log.ts';
import { createVolume } from './volume-calls.ts';
import {
  emitContainer,
  findContainer,
  type MemoryContainer,
  type MemoryEndpoint,
  refusal,
  type World,
} from './world.ts';

/** The zero time of the Engine API. */
export const zeroTime = '0001-01-01T00:00:00Z';

/** `POST /containers/create`: names are unique, the image must be present, missing named volumes are made. */
export function createContainer(
  world: World,
  request: { readonly name?: string; readonly platform?: string; readonly body: ContainerCreateRequest },
): MemoryContainer {
  const id = world.newId();
  const name = (request.name ?? `container-${id.slice(0, 12)}`).replace(/^\//, '');
  if (!/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(name)) {
    throw refusal('bad-request', 400, `Invalid container name (${name}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed`);
  }
  refuseTakenName(world, name);
  const image = findImage(world, request.body.Image);
  if (image === undefined) throw refusal('not-found', 404, `No such image: ${request.body.Image}`);
  const config = withImageDefaults(structuredClone(request.body), image, id);
  const endpoints = requestedEndpoints(world, config);
  const mounts = makeMounts(world, config);
  const container: MemoryContainer = {
    id,
    name,
    created: world.now(),
    imageId: image.Id,
    platform: request.platform,
    config,
    mounts: mounts.map((mount) => mount.point),
    anonymousVolumes: mounts.filter((mount) => mount.anonymous).map((mount) => mount.point.Name ?? ''),
    output: new OutputLog(),
    archives: [],
    endpoints,
    state: createdState,
    restartCount: 0,
    exitListeners: new Set(),
    removalListeners: new Set(),
    ports: {},
  };
  world.containers.set(id, container);
  emitContainer(world, container, 'create');
  return container;
}

/** Throws the engine's 409 if a container has that name. */
export function refuseTakenName(world: World, name: string): void {
  const taken = findContainer(world, name);
  if (taken?.name !== name) return;
  throw refusal(
    'conflict',
    409,
    `Conflict. The container name "/${name}" is already in use by container "${taken.id}". You have to remove (or rename) that container to be able to reuse that name.`,
  );
}

const createdState: MemoryContainer['state'] = {
  Status: 'created',
  Running: false,
  Paused: false,
  Restarting: false,
  OOMKilled: false,
  Dead: false,
  Pid: 0,
  ExitCode: 0,
  Error: '',
  StartedAt: zeroTime,
  FinishedAt: zeroTime,
};

/** Networks are only looked up at the start, as on real engines. */
function requestedEndpoints(world: World, config: ContainerCreateRequest): readonly MemoryEndpoint[] {
  const mode = config.HostConfig?.NetworkMode ?? 'bridge';
  const asked = config.NetworkingConfig?.EndpointsConfig ?? {};
  if (mode.startsWith('container:')) return [];
  const names = Object.keys(asked);
  if (names.length > 1 && Number(world.apiVersion.split('.')[1]) < 44) {
    throw refusal('bad-request', 400, `Container cannot be connected to network endpoints: ${names.join(', ')}`);
  }
  const all = names.includes(mode) ? names : [mode, ...names];
  return all.map((network) => ({ network, request: asked[network] ?? {}, networkId: '', address: '' }));
}

interface MadeMount {
  readonly point: MountPoint;
  readonly anonymous: boolean;
}

function makeMounts(world: World, config: ContainerCreateRequest): readonly MadeMount[] {
  const made = new Map<string, MadeMount>();
  for (const bind of config.HostConfig?.Binds ?? []) {
    const [source = '', target = '', mode = ''] = bind.split(':');
    const point = source.startsWith('/')
      ? { Type: 'bind', Source: source, Destination: target, Mode: mode, RW: !mode.split(',').includes('ro') }
      : volumePoint(world, source, target, !mode.split(',').includes('ro'));
    made.set(target, { point, anonymous: false });
  }
  for (const mount of config.HostConfig?.Mounts ?? []) {
    const writable = mount.ReadOnly !== true;
    if (mount.Type === 'volume') {
      const anonymous = mount.Source === undefined || mount.Source === '';
      const name = anonymous ? world.newId() : (mount.Source ?? '');
      made.set(mount.Target, { point: volumePoint(world, name, mount.Target, writable), anonymous });
    } else {
      const point = { Type: mount.Type, Source: mount.Source ?? '', Destination: mount.Target, Mode: '', RW: writable };
      made.set(mount.Target, { point, anonymous: false });
    }
  }
  for (const target of Object.keys(config.Volumes ?? {})) {
    if (made.has(target)) continue;
    made.set(target, { point: volumePoint(world, world.newId(), target, true), anonymous: true });
  }
  return [...made.values()];
}

function volumePoint(world: World, name: string, target: string, writable: boolean): MountPoint {
  const volume = createVolume(world, { Name: name });
  const source = volume.Mountpoint ?? '';
  return {
    Type: 'volume',
    Name: name,
    Source: source,
    Destination: target,
    Driver: volume.Driver,
    Mode: 'z',
    RW: writable,
  };
}
