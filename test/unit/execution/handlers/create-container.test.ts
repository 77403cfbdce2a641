import { beforeEach, describe, expect, it } from 'vitest';
import { EngineError } from '../../../../src/engine/engine-error.ts';
import type { OperationOf } from '../../../../src/plan/operation.ts';
import { hashOfText } from '../../../../src/state/config-hash.ts';
import { createHandlerRig, errorText, type HandlerRig } from '../../../fakes/handler-rig.ts';
import { settle } from '../../../fakes/manual-clock.ts';
import { labelsOf } from '../../../fakes/plan-nodes.ts';

type Creation = OperationOf<'create-container'>;

const request = { Image: 'busybox', Labels: labelsOf('web') };
const creation: Creation = {
  kind: 'create-container',
  service: 'web',
  number: 1,
  name: 'shop-web-1',
  platform: undefined,
  request,
  connect: [],
};

let rig: HandlerRig;

beforeEach(() => {
  rig = createHandlerRig();
});

describe('create-container', () => {
  it('creates the container under its name and gives its id', async () => {
    const { outcome, changed, id } = await rig.perform(creation);
    expect([outcome, changed]).toEqual(['done', true]);
    expect((await rig.engine.containers.inspect('shop-web-1')).Id).toBe(id);
  });

  it('adopts the container with which another process has replaced the same one meanwhile', async () => {
    const { id } = await rig.engine.containers.create({ name: 'shop-web-1', body: request });
    const replacing = { ...creation, name: 'f00_shop-web-1', former: { id: 'f00', name: 'shop-web-1' } };
    expect(await rig.perform(replacing)).toMatchObject({ outcome: 'done', id });
    expect(await rig.engine.containers.list({ all: true })).toHaveLength(1);
  });

  it('adopts that one too where a third process has just made one more, which that process removes again', async () => {
    const { id } = await rig.engine.containers.create({ name: 'shop-web-1', body: request });
    await rig.engine.containers.create({ name: 'f00_shop-web-1', body: request });
    const replacing = { ...creation, name: 'f00_shop-web-1', former: { id: 'f00', name: 'shop-web-1' } };
    expect(await rig.perform(replacing)).toMatchObject({ outcome: 'done', id });
    expect(await rig.engine.containers.list({ all: true })).toHaveLength(2);
  });

  it('keeps what it has created while the container it replaces is there', async () => {
    const old = await rig.engine.containers.create({ name: 'shop-web-1', body: request });
    const replacing = { ...creation, name: 'f00_shop-web-1', former: { id: old.id, name: 'shop-web-1' } };
    expect((await rig.perform(replacing)).id).not.toBe(old.id);
    expect(await rig.engine.containers.list({ all: true })).toHaveLength(2);
  });

  it('fills in ids of other containers, and the hash that Docker Compose gives the container then', async () => {
    const hashed = '{"network_mode":"container:ref(container:db:1).id"}';
    const open = { text: 'ref(container:db:1).id', container: { kind: 'known', id: 'abc', name: 'db' } } as const;
    const host = { NetworkMode: 'container:ref(container:db:1).id', VolumesFrom: ['ref(container:db:1).id:ro'] };
    await rig.perform({
      ...creation,
      request: { ...request, HostConfig: host },
      references: { ids: [open], hashed },
    });
    const { HostConfig, Config } = await rig.engine.containers.inspect('shop-web-1');
    expect(HostConfig).toMatchObject({ NetworkMode: 'container:abc', VolumesFrom: ['abc:ro'] });
    expect(Config.Labels?.['com.docker.compose.config-hash']).toBe(hashOfText('{"network_mode":"container:abc"}'));
  });

  it('adopts the same container when a concurrent process was faster', async () => {
    const { id } = await rig.engine.containers.create({ name: 'shop-web-1', body: request });
    const result = await rig.perform(creation);
    expect([result.outcome, result.id]).toEqual(['done', id]);
  });

  it('does not adopt a container of another configuration, and names the holder and its project', async () => {
    const labels = { ...labelsOf('web'), 'com.docker.compose.project': 'other' };
    const { id } = await rig.engine.containers.create({ name: 'shop-web-1', body: { ...request, Labels: labels } });
    expect(errorText(await rig.perform(creation))).toEqual([
      'name-conflict',
      `service "web" cannot be called shop-web-1: container ${id.slice(0, 12)} of project other has that name`,
    ]);
    const changed = {
      ...creation,
      request: { ...request, Labels: { ...labelsOf('web'), 'com.docker.compose.config-hash': 'new' } },
    };
    expect((await rig.perform(changed)).error?.code).toBe('name-conflict');
  });

  it('tries again when the holder of the name is gone by then', async () => {
    rig.engine.control.fail(
      'containers.create shop-web-1',
      new EngineError('conflict', 'Conflict. The container name "/shop-web-1" is already in use by container "a1"'),
    );
    expect((await rig.perform(creation)).outcome).toBe('done');
  });

  it('names the service whose image is missing', async () => {
    expect(errorText(await rig.perform({ ...creation, request: { ...request, Image: 'nowhere:1' } }))).toEqual([
      'image-missing',
      'service "web" has no image nowhere:1: it is not on the engine',
    ]);
  });

  it('names the service and the bind source that does not exist', async () => {
    rig.engine.control.fail(
      'containers.create shop-web-1',
      new EngineError(
        'bad-request',
        'invalid mount config for type "bind": bind source path does not exist: /srv/no where',
      ),
    );
    expect(errorText(await rig.perform(creation))).toEqual([
      'mount-source-missing',
      'service "web" mounts /srv/no where, which does not exist on the machine of the engine',
    ]);
  });

  it('says in one line what the engine says in several', async () => {
    const refused = new EngineError(
      'bad-request',
      'invalid config for network:\n\tuser specified IP address is refused\n',
    );
    rig.engine.control.fail('containers.create shop-web-1', refused);
    expect(errorText(await rig.perform(creation))[1]).toBe(
      'service "web" could not be created: invalid config for network: user specified IP address is refused',
    );
  });

  it('leads with the service for every other refusal', async () => {
    rig.engine.control.fail('containers.create shop-web-1', new EngineError('bad-request', 'invalid CPU set'));
    expect(errorText(await rig.perform(creation))).toEqual([
      'operation-failed',
      'service "web" could not be created: invalid CPU set',
    ]);
  });

  it('connects endpoints that the call could not carry, and removes the container if that fails', async () => {
    rig = createHandlerRig({ apiVersion: '1.41' });
    await rig.engine.networks.create({ Name: 'back' });
    const connecting = { ...creation, connect: [{ network: 'back', request: { Aliases: ['web'] } }] };
    await rig.perform(connecting);
    const { NetworkSettings: settings } = await rig.engine.containers.inspect('shop-web-1');
    expect(Object.keys(settings.Networks)).toContain('back');
    await rig.engine.containers.remove('shop-web-1');
    const failed = await rig.perform({ ...connecting, connect: [{ network: 'gone', request: {} }] });
    expect(failed.outcome).toBe('failed');
    expect(await rig.engine.containers.list({ all: true })).toEqual([]);
  });

  it('connects an adopted container too, which its maker may not have done yet, and lets it be if that fails', async () => {
    rig = createHandlerRig({ apiVersion: '1.41' });
    await rig.engine.networks.create({ Name: 'back' });
    const { id } = await rig.engine.containers.create({ name: 'shop-web-1', body: request });
    const connecting = { ...creation, connect: [{ network: 'back', request: {} }] };
    for (const turn of ['not yet', 'already']) expect([turn, (await rig.perform(connecting)).id]).toEqual([turn, id]);
    const { NetworkSettings: settings } = await rig.engine.containers.inspect(id);
    expect(Object.keys(settings.Networks)).toContain('back');
    const failed = await rig.perform({ ...creation, connect: [{ network: 'gone', request: {} }] });
    expect(failed.outcome).toBe('failed');
    expect(await rig.engine.containers.list({ all: true })).toHaveLength(1);
  });

  it('waits while two processes have not agreed on one network', async () => {
    rig.engine.control.fail(
      'containers.create shop-web-1',
      new EngineError('bad-request', 'network shop_default is ambiguous (2 matches found on name)'),
      3,
    );
    expect((await rig.perform(creation)).outcome).toBe('done');
  });
});

describe('create-network', () => {
  const labels = { 'com.docker.compose.project': 'shop', 'com.docker.compose.network': 'default' };
  const creating = {
    kind: 'create-network',
    key: 'default',
    request: { Name: 'shop_default', Labels: labels },
  } as const;

  it('creates the network', async () => {
    const { id } = await rig.perform(creating);
    expect((await rig.engine.networks.inspect('shop_default')).Id).toBe(id);
  });

  it('adopts the one that another process of the project has just made', async () => {
    const { id } = await rig.engine.networks.create(creating.request);
    expect((await rig.perform(creating)).id).toBe(id);
  });

  it('keeps the earliest of two with one name and removes its own when it lost', async () => {
    rig = createHandlerRig({ duplicateNetworkNames: true });
    const { id } = await rig.engine.networks.create(creating.request);
    await rig.clock.advance(5);
    expect((await rig.perform(creating)).id).toBe(id);
    expect(await rig.engine.networks.list({ names: ['shop_default'] })).toHaveLength(1);
  });

  it('ends with one network when many processes make it at once', async () => {
    rig = createHandlerRig({ duplicateNetworkNames: true });
    const held = rig.engine.control.hold('networks.list');
    const running = Array.from({ length: 5 }, () => rig.perform(creating));
    await held.arrived(5);
    held.release();
    await settle();
    const ids = new Set((await Promise.all(running)).map(({ id }) => id));
    expect(ids.size).toBe(1);
    expect((await rig.engine.networks.list({ names: ['shop_default'] })).map(({ Id: id }) => id)).toEqual([...ids]);
  });

  it('does not take a network of another project for its own', async () => {
    await rig.engine.networks.create({ Name: 'shop_default', Labels: { 'com.docker.compose.project': 'other' } });
    expect(errorText(await rig.perform(creating))).toEqual([
      'name-conflict',
      'network default cannot be called shop_default: a network of project other has that name',
    ]);
  });

  it('says that there is no free subnet', async () => {
    rig.engine.control.fail(
      'networks.create shop_default',
      new EngineError('server', 'all predefined address pools have been fully subnetted'),
    );
    expect(errorText(await rig.perform(creating))).toEqual([
      'subnet-taken',
      'network shop_default got no subnet: all predefined address pools have been fully subnetted',
      'the engine has 3 networks',
    ]);
  });
});
