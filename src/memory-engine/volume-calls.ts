import type { VolumeCalls } from '../engine/engine.ts';
import type { VolumeCreateRequest, VolumeInspect } from '../engine/resource.ts';
import type { CallGate } from './call-gate.ts';
import { hasLabels } from './event-hub.ts';
import { emit, refusal, type World } from './world.ts';

/** `/volumes` of the in-process engine. */
export function volumeCalls(world: World, gate: CallGate): VolumeCalls {
  return {
    list: (query, options) =>
      gate.pass({ name: 'volumes.list', kind: 'read', subject: '', details: query }, options, () =>
        structuredClone([...world.volumes.values()].filter((volume) => hasLabels(volume.Labels ?? {}, query.labels))),
      ),
    inspect: (name, options) =>
      gate.pass({ name: 'volumes.inspect', kind: 'read', subject: name, details: undefined }, options, () =>
        structuredClone(requireVolume(world, name)),
      ),
    create: (body, options) =>
      gate.pass({ name: 'volumes.create', kind: 'write', subject: body.Name, details: body }, options, () =>
        structuredClone(createVolume(world, body)),
      ),
    remove: (name, force, options) =>
      gate.pass({ name: 'volumes.remove', kind: 'write', subject: name, details: { force } }, options, () =>
        removeVolume(world, name, force),
      ),
  };
}

/** `POST /volumes/create`: an existing name succeeds and keeps what it was made with. */
export function createVolume(world: World, body: VolumeCreateRequest): VolumeInspect {
  const name = body.Name === '' ? world.newId() : body.Name;
  const existing = world.volumes.get(name);
  const driver = body.Driver ?? 'local';
  if (existing !== undefined) {
    if (existing.Driver === driver || body.Driver === undefined) return existing;
    throw refusal('conflict', 409, `a volume named ${name} already exists with driver ${existing.Driver}`);
  }
  const volume: VolumeInspect = structuredClone({
    Name: name,
    Driver: driver,
    Mountpoint: `/var/lib/docker/volumes/${name}/_data`,
    CreatedAt: new Date(world.now()).toISOString(),
    Labels: body.Labels ?? null,
    Options: body.DriverOpts ?? null,
  });
  world.volumes.set(name, volume);
  emit(world, 'volume', 'create', name, { driver });
  return volume;
}

function requireVolume(world: World, name: string): VolumeInspect {
  const volume = world.volumes.get(name);
  if (volume === undefined) throw refusal('not-found', 404, `get ${name}: no such volume`);
  return volume;
}

function removeVolume(world: World, name: string, force: boolean): void {
  if (force && !world.volumes.has(name)) return;
  const volume = requireVolume(world, name);
  const users = [...world.containers.values()].filter((container) =>
    container.mounts.some((mount) => mount.Name === name),
  );
  if (users.length > 0) {
    throw refusal('conflict', 409, `remove ${name}: volume is in use - [${users.map((user) => user.id).join(', ')}]`);
  }
  world.volumes.delete(name);
  emit(world, 'volume', 'destroy', name, { driver: volume.Driver });
}
