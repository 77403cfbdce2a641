import { beforeEach, describe, expect, it } from 'vitest';
import type { OperationOf } from '../../../../src/plan/operation.ts';
import { createHandlerRig, errorText, type HandlerRig } from '../../../fakes/handler-rig.ts';
import { labelsOf } from '../../../fakes/plan-nodes.ts';

let rig: HandlerRig;
let id: string;

beforeEach(async () => {
  rig = createHandlerRig();
  const body = { Image: 'busybox', Labels: labelsOf('web') };
  ({ id } = await rig.engine.containers.create({ name: 'shop-web-1', body }));
});

/** Lines that were told as progress. */
const lines = (): readonly string[] =>
  rig.events.flatMap((event) => (event.type === 'node-progress' ? [event.text] : []));

describe('run-hook', () => {
  const hook = (): OperationOf<'run-hook'> => ({
    kind: 'run-hook',
    service: 'web',
    container: { kind: 'known', id, name: 'shop-web-1' },
    moment: 'post_start',
    index: 1,
    request: { Cmd: ['prepare'], User: 'root' },
  });

  beforeEach(() => rig.engine.containers.start(id));

  it('executes the command in the container and tells its lines', async () => {
    const asked: unknown[] = [];
    rig.engine.control.onExec((_, request) => {
      asked.push(request);
      return { exitCode: 0, stdout: 'one\ntwo' };
    });
    expect(await rig.perform(hook())).toMatchObject({ outcome: 'done', changed: true });
    expect(asked).toEqual([{ Cmd: ['prepare'], User: 'root' }]);
    expect(lines()).toEqual(['one', 'two']);
  });

  it('fails with the exit code, the last line of stderr, and the last lines', async () => {
    rig.engine.control.onExec(() => ({ exitCode: 3, stdout: 'fine\n', stderr: 'bad\nworse\n' }));
    expect(errorText(await rig.perform(hook()))).toEqual([
      'hook-failed',
      'web hook exited with status 3: worse',
      'post_start[1] of shop-web-1',
      '  bad',
      '  worse',
    ]);
  });
});

describe('run-pre-start', () => {
  const preStart = (): OperationOf<'run-pre-start'> => ({
    kind: 'run-pre-start',
    service: 'web',
    index: 0,
    platform: undefined,
    request: { Image: 'busybox', Labels: { 'com.docker.compose.project': 'shop' }, Cmd: ['migrate'] },
    volumesFrom: { kind: 'known', id, name: 'shop-web-1' },
    connect: [],
  });
  const others = async () => (await rig.engine.containers.list({ all: true })).filter((row) => row.Id !== id);

  it('runs a container with the volumes of the service and removes it', async () => {
    rig.engine.control.onStart(({ id: own, config }) => {
      expect(config.HostConfig?.VolumesFrom).toEqual([id]);
      rig.engine.control.write(own, 'migrated\n');
      rig.engine.control.exit(own, 0);
    });
    expect(await rig.perform(preStart())).toMatchObject({ outcome: 'done', changed: true });
    expect(lines()).toEqual(['migrated']);
    expect(await others()).toEqual([]);
  });

  it('joins the network that the container of the service shares', async () => {
    const shared = { Image: 'busybox', HostConfig: { NetworkMode: `container:${id}` } };
    const { id: sharer } = await rig.engine.containers.create({ name: 'shop-api-1', body: shared });
    const modes: (string | undefined)[] = [];
    rig.engine.control.onStart(({ id: own, config }) => {
      modes.push(config.HostConfig?.NetworkMode);
      rig.engine.control.exit(own, 0);
    });
    await rig.engine.containers.start(id);
    const open = { HostConfig: { NetworkMode: 'container:ref(service:web).id' } };
    const { request } = preStart();
    const volumesFrom = { kind: 'known', id: sharer, name: 'shop-api-1' } as const;
    await rig.perform({ ...preStart(), request: { ...request, ...open }, volumesFrom });
    expect(modes).toContain(`container:${id}`);
  });

  it('keeps the container of one that failed, and names it', async () => {
    rig.engine.control.onStart(({ id: own }) => {
      rig.engine.control.write(own, 'no such table\n');
      rig.engine.control.exit(own, 5);
    });
    const [code, message, kept] = errorText(await rig.perform(preStart()));
    expect([code, message]).toEqual(['hook-failed', 'service "web" pre_start[0] exited with code 5: no such table']);
    const [left] = await others();
    expect(kept).toBe(`its container ${left?.Names[0]?.slice(1) ?? ''} is kept until the next up or down`);
  });
});
