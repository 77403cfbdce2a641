import { beforeEach, describe, expect, it } from 'vitest';
import { EngineError } from '../../../../src/engine/engine-error.ts';
import { createHandlerRig, errorText, type HandlerRig } from '../../../fakes/handler-rig.ts';
import { labelsOf } from '../../../fakes/plan-nodes.ts';

let rig: HandlerRig;
let id: string;
const known = (): { readonly kind: 'known'; readonly id: string; readonly name: string } => ({
  kind: 'known',
  id,
  name: 'shop-web-1',
});
const gone = { kind: 'known', id: 'f00', name: 'shop-web-1' } as const;

beforeEach(async () => {
  rig = createHandlerRig();
  ({ id } = await rig.engine.containers.create({
    name: 'shop-web-1',
    body: { Image: 'busybox', Labels: labelsOf('web') },
  }));
  await rig.engine.containers.start(id);
  rig.engine.control.forgetCalls();
});

describe('stop-container', () => {
  it('stops with the timeout that is asked for', async () => {
    expect(
      await rig.perform({ kind: 'stop-container', service: 'web', container: known(), timeoutSeconds: 3 }),
    ).toMatchObject({ outcome: 'done', changed: true });
    expect(rig.engine.control.calls.find(({ name }) => name === 'containers.stop')?.details).toEqual({
      timeoutSeconds: 3,
    });
  });

  it('is content with a container that is gone', async () => {
    expect(
      await rig.perform({ kind: 'stop-container', service: 'web', container: gone, timeoutSeconds: undefined }),
    ).toMatchObject({ outcome: 'done', changed: false });
  });
});

describe('restart-container', () => {
  it('restarts with the timeout that is asked for, and starts what does not run', async () => {
    await rig.engine.containers.stop(id);
    const operation = { kind: 'restart-container', service: 'web', container: known(), timeoutSeconds: 3 } as const;
    expect(await rig.perform(operation)).toMatchObject({ outcome: 'done', changed: true });
    expect(rig.engine.control.writes().at(-1)).toBe('containers.restart shop-web-1');
    expect((await rig.engine.containers.inspect(id)).State.Running).toBe(true);
  });
});

describe('kill-container', () => {
  const killing = (container: ReturnType<typeof known>) =>
    ({ kind: 'kill-container', service: 'web', container, signal: 'SIGKILL' }) as const;

  it('sends the signal', async () => {
    expect(await rig.perform(killing(known()))).toMatchObject({ outcome: 'done', changed: true });
    expect((await rig.engine.containers.inspect(id)).State.Running).toBe(false);
  });

  it('is content with a container that has ended or is gone', async () => {
    await rig.engine.containers.stop(id);
    expect(await rig.perform(killing(known()))).toMatchObject({ outcome: 'done', changed: false });
    expect(await rig.perform(killing(gone))).toMatchObject({ outcome: 'done', changed: false });
  });
});

describe('pause-container and unpause-container', () => {
  it('freeze a container and let it go on; what makes no sense is refused in words', async () => {
    const step = (kind: 'pause-container' | 'unpause-container') =>
      rig.perform({ kind, service: 'web', container: known() });
    expect(await step('pause-container')).toMatchObject({ outcome: 'done' });
    expect(errorText(await step('pause-container'))[1]).toMatch(/^service "web" could not be paused: .* paused$/);
    expect(await step('unpause-container')).toMatchObject({ outcome: 'done' });
    expect(errorText(await step('unpause-container'))[1]).toMatch(/^service "web" could not be unpaused: .* paused$/);
  });
});

describe('remove-container', () => {
  it('removes a container that runs again meanwhile', async () => {
    expect(
      (await rig.perform({ kind: 'remove-container', service: 'web', container: known(), volumes: true })).outcome,
    ).toBe('done');
    expect(await rig.engine.containers.list({ all: true })).toEqual([]);
  });
});

describe('remove-container with volumes', () => {
  const anonymous = 'a'.repeat(64);
  const precious = 'b'.repeat(64);
  const mounting = async (name: string): Promise<string> => {
    const Mounts = [anonymous, precious, 'data'].map(
      (Source) => ({ Type: 'volume', Source, Target: `/${Source}` }) as const,
    );
    return (await rig.engine.containers.create({ name, body: { Image: 'busybox', HostConfig: { Mounts } } })).id;
  };
  const remove = (container: string, volumes: boolean) =>
    rig.perform({
      kind: 'remove-container',
      service: 'web',
      container: { kind: 'known', id: container, name: container },
      volumes,
    });
  const names = async () => (await rig.engine.volumes.list({})).map(({ Name }) => Name).toSorted();

  beforeEach(async () => {
    await rig.engine.volumes.create({ Name: anonymous, Labels: { 'com.docker.volume.anonymous': '' } });
    await rig.engine.volumes.create({ Name: precious });
    await rig.engine.volumes.create({ Name: 'data' });
  });

  it('takes along anonymous volumes that it had from the container it replaced, once nobody uses them', async () => {
    const [first, second] = [await mounting('first'), await mounting('second')];
    expect((await remove(first, true)).outcome).toBe('done');
    expect(await names()).toEqual([anonymous, precious, 'data']);
    expect((await remove(second, true)).outcome).toBe('done');
    expect(await names()).toEqual([precious, 'data']);
  });

  it('leaves them without being asked', async () => {
    await remove(await mounting('first'), false);
    expect(await names()).toEqual([anonymous, precious, 'data']);
  });
});

describe('rename-container', () => {
  it('gives the name', async () => {
    await rig.perform({ kind: 'rename-container', container: known(), name: 'shop-web-9' });
    expect((await rig.engine.containers.inspect(id)).Name).toBe('/shop-web-9');
  });

  it('is content when the container has the name already, and names who else has it', async () => {
    expect(await rig.perform({ kind: 'rename-container', container: known(), name: 'shop-web-1' })).toMatchObject({
      outcome: 'done',
      changed: false,
    });
    const other = await rig.engine.containers.create({ name: 'taken', body: { Image: 'busybox' } });
    expect(errorText(await rig.perform({ kind: 'rename-container', container: known(), name: 'taken' }))).toEqual([
      'name-conflict',
      `service "web" cannot be called taken: container ${other.id.slice(0, 12)} has that name`,
    ]);
  });

  it('tries again where the one that had the name has gone meanwhile', async () => {
    const conflict = 'Conflict. The container name "/shop-web-9" is already in use by container "f00".';
    rig.engine.control.fail('containers.rename shop-web-1', new EngineError('conflict', conflict));
    const renaming = { kind: 'rename-container', container: known(), name: 'shop-web-9' } as const;
    expect(await rig.perform(renaming)).toMatchObject({ outcome: 'done', changed: true });
    expect((await rig.engine.containers.inspect(id)).Name).toBe('/shop-web-9');
  });
});

describe('remove-network', () => {
  it('removes the network, also one that needs a moment to let go', async () => {
    const network = await rig.engine.networks.create({ Name: 'shop_default' });
    rig.engine.control.fail(
      'networks.remove shop_default',
      new EngineError('access-denied', 'error while removing network: network shop_default has active endpoints'),
      3,
    );
    expect(await rig.perform({ kind: 'remove-network', id: network.id, name: 'shop_default' })).toMatchObject({
      outcome: 'done',
      changed: true,
    });
  });

  it('leaves a network that is in use, with a warning that names who is on it', async () => {
    const network = await rig.engine.networks.create({ Name: 'shop_default' });
    await rig.engine.networks.connect(network.id, id, {});
    expect(await rig.perform({ kind: 'remove-network', id: network.id, name: 'shop_default' })).toMatchObject({
      outcome: 'skipped',
      changed: false,
    });
    expect(rig.warnings()).toEqual([
      'network shop_default stays: Resource is still in use, container shop-web-1 is on it',
    ]);
  });

  it('is content with a network that is gone', async () => {
    expect(await rig.perform({ kind: 'remove-network', id: 'f00', name: 'shop_default' })).toMatchObject({
      outcome: 'done',
      changed: false,
    });
  });
});

describe('remove-volume and remove-image', () => {
  it('leave what is in use, with a warning', async () => {
    rig.engine.control.fail('volumes.remove data', new EngineError('conflict', 'volume is in use - [a1]'));
    rig.engine.control.fail(
      'images.remove busybox',
      new EngineError('conflict', 'conflict: unable to remove repository reference'),
    );
    expect((await rig.perform({ kind: 'remove-volume', name: 'data' })).outcome).toBe('skipped');
    expect((await rig.perform({ kind: 'remove-image', reference: 'busybox' })).outcome).toBe('skipped');
    expect(rig.warnings()).toEqual([
      'volume data stays: it is still in use',
      'image busybox stays: it is still in use',
    ]);
  });

  it('are content with what is gone', async () => {
    expect((await rig.perform({ kind: 'remove-volume', name: 'nothing' })).outcome).toBe('done');
    expect((await rig.perform({ kind: 'remove-image', reference: 'nothing' })).outcome).toBe('done');
  });
});

describe('connect-network and disconnect-network', () => {
  it('connect and disconnect, and are content when that is so already', async () => {
    await rig.engine.networks.create({ Name: 'back' });
    const connect = {
      kind: 'connect-network',
      container: known(),
      network: 'back',
      request: { Aliases: ['web'] },
    } as const;
    const disconnect = { kind: 'disconnect-network', container: known(), network: 'back' } as const;
    expect((await rig.perform(connect)).changed).toBe(true);
    expect(await rig.perform(connect)).toMatchObject({ outcome: 'done', changed: false });
    expect((await rig.perform(disconnect)).changed).toBe(true);
    expect(await rig.perform(disconnect)).toMatchObject({ outcome: 'done', changed: false });
  });
});

describe('pull-image', () => {
  it('tells of the layers and whether the image changed', async () => {
    rig.engine.control.putImage('app:1', 'registry');
    const pull = {
      kind: 'pull-image',
      reference: 'app:1',
      platform: undefined,
      services: ['web', 'worker'],
      previousId: undefined,
      required: true,
      stamped: false,
    } as const;
    const first = await rig.perform(pull);
    expect(first.changed).toBe(true);
    expect(rig.events.some(({ type }) => type === 'node-progress')).toBe(true);
    expect((await rig.perform({ ...pull, previousId: first.id })).changed).toBe(false);
  });

  it('names the services, the image and the cause when there is none', async () => {
    const result = await rig.perform({
      kind: 'pull-image',
      reference: 'app:2',
      platform: undefined,
      services: ['web', 'worker'],
      previousId: undefined,
      required: true,
      stamped: false,
    });
    expect(result.error?.code).toBe('image-missing');
    expect(result.error?.message).toMatch(/^service "web", "worker" has no image app:2: .+/);
  });
});
