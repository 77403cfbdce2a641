import { describe, expect, test } from 'vitest';
import { acquireLock } from '../../../src/instances/instance-lock.ts';
import { ownJudge } from '../../../src/instances/lease-keeper.ts';
import { type SharedCopy, shareCopy } from '../../../src/instances/share-copy.ts';
import { sweep } from '../../../src/instances/sweep.ts';
import { noWatcher, openRig, type Rig } from './rig.ts';

/** Joins as a process, and counts who starts the copy. */
function join(rig: Rig, pid: number, starts: number[], start?: () => Promise<void>): Promise<SharedCopy> {
  return shareCopy(rig.process(pid), noWatcher, {
    project: 'a',
    start: async (isFirst) => {
      if (!isFirst) return;
      starts.push(pid);
      await (start ?? (() => rig.fill('a')))();
    },
  });
}

describe('a shared copy', () => {
  test('is started once for 20 that ask at the same time, and ends when the last one leaves', async () => {
    const rig = openRig();
    const starts: number[] = [];
    const pids = Array.from({ length: 20 }, (_, index) => index + 1);
    const parts = await Promise.all(pids.map((pid) => join(rig, pid, starts)));
    expect(starts).toHaveLength(1);
    expect(parts.filter(({ isFirst }) => isFirst)).toHaveLength(1);
    const [last, ...others] = parts;
    await Promise.all(others.map((part) => part.release()));
    expect(await rig.held()).toEqual(['a-net', 'a-vol', 'a-web-1', 'lease']);
    await last?.release();
    await last?.release();
    expect(await rig.held()).toEqual([]);
  });

  test('ends also if the last ones leave at the same time', async () => {
    const rig = openRig();
    const parts = await Promise.all([1, 2, 3, 4, 5].map((pid) => join(rig, pid, [])));
    await Promise.all(parts.map((part) => part.release()));
    expect(await rig.held()).toEqual([]);
  });

  test('stays with the others if one of them finds that it cannot use it', async () => {
    const rig = openRig();
    const first = await join(rig, 1, []);
    const failing = shareCopy(rig.process(2), noWatcher, {
      project: 'a',
      start: (isFirst) => Promise.reject(new Error(isFirst ? 'alone' : 'unhealthy')),
    });
    await expect(failing).rejects.toThrow('unhealthy');
    expect(await rig.held()).toEqual(['a-net', 'a-vol', 'a-web-1', 'lease']);
    await first.release();
    expect(await rig.held()).toEqual([]);
  });

  test('ends with the last living holder if others were killed', async () => {
    const rig = openRig();
    const starts: number[] = [];
    const parts = await Promise.all([1, 2, 3].map((pid) => join(rig, pid, starts)));
    rig.kill(1);
    rig.kill(2);
    expect((await sweep(rig.process(9))).swept).toEqual([]);
    expect(await rig.held()).toEqual(['a-net', 'a-vol', 'a-web-1', 'lease']);
    await parts[2]?.release();
    expect(await rig.held()).toEqual([]);
  });

  test('is swept when all holders were killed, and started anew by whoever comes first', async () => {
    const rig = openRig();
    const starts: number[] = [];
    await join(rig, 1, starts);
    rig.kill(1);
    const part = await join(rig, 2, starts);
    expect(starts).toEqual([1, 2]);
    expect(part.isFirst).toBe(true);
    rig.kill(2);
    expect((await sweep(rig.process(3))).swept).toMatchObject([{ project: 'a' }]);
    expect(await rig.held()).toEqual([]);
  });

  test('is tried again by the next one if its start fails, and leaves nothing behind', async () => {
    const rig = openRig();
    const starts: number[] = [];
    const failing = join(rig, 1, starts, async () => {
      await rig.fill('a');
      throw new Error('no such image');
    });
    const next = join(rig, 2, starts);
    await expect(failing).rejects.toThrow('no such image');
    await (await next).release();
    expect(starts).toEqual([1, 2]);
    expect(await rig.held()).toEqual([]);
  });

  test('whose first holder is killed while it starts is taken over', async () => {
    const rig = openRig();
    const starts: number[] = [];
    const never = new Promise<void>(() => undefined);
    const killed = join(rig, 1, starts, async () => {
      await rig.fill('a');
      rig.kill(1);
      await never;
    });
    killed.catch(() => undefined);
    while (starts.length === 0) await Promise.resolve();
    const part = await join(rig, 2, starts);
    expect(starts).toEqual([1, 2]);
    await part.release();
    expect(await rig.held()).toEqual([]);
  });
});

describe('the lock', () => {
  test('is somebody elses until it is released, and free at once then', async () => {
    const rig = openRig();
    const [one, other] = [rig.process(1), rig.process(2)];
    const first = await acquireLock(one, await ownJudge(one), { project: 'a', holder: '' });
    let second = false;
    const waiting = acquireLock(other, await ownJudge(other), { project: 'a', holder: '' }).then((lock) => {
      second = true;
      return lock;
    });
    for (let turn = 0; turn < 200; turn += 1) await Promise.resolve();
    expect(second).toBe(false);
    await first.release();
    await (await waiting).release();
    expect(await rig.held()).toEqual([]);
    expect(rig.engine.control.openEventStreams).toBe(0);
  });

  test('is made of another image if somebody removes the first one meanwhile', async () => {
    const rig = openRig();
    const { engine, ...others } = rig.process(1);
    let lists = 0;
    const list: typeof engine.images.list = async (...words) => {
      const images = await engine.images.list(...words);
      lists += 1;
      return lists === 1 ? images.map((image) => ({ ...image, Id: 'sha256:gone' })) : images;
    };
    const ports = { ...others, engine: { ...engine, images: { ...engine.images, list } } };
    const lock = await acquireLock(ports, await ownJudge(ports), { project: 'a', holder: '' });
    expect([lists, (await rig.held()).length]).toEqual([2, 1]);
    await lock.release();
  });

  test('of a killed process is taken over, and swept', async () => {
    const rig = openRig();
    const [one, other] = [rig.process(1), rig.process(2)];
    await acquireLock(one, await ownJudge(one), { project: 'a', holder: '' });
    rig.kill(1);
    await (await acquireLock(other, await ownJudge(other), { project: 'a', holder: '' })).release();
    await acquireLock(rig.process(3), await ownJudge(rig.process(3)), { project: 'b', holder: '' });
    rig.kill(3);
    await sweep(other);
    expect(await rig.held()).toEqual([]);
  });

  test('is waited for no longer than the caller wants', async () => {
    const rig = openRig();
    const [one, other] = [rig.process(1), rig.process(2)];
    await acquireLock(one, await ownJudge(one), { project: 'a', holder: '' });
    const controller = new AbortController();
    const waiting = acquireLock(other, await ownJudge(other), { project: 'a', holder: '', signal: controller.signal });
    controller.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('aborted');
    expect(rig.engine.control.openEventStreams).toBe(0);
  });

  test('needs an image, and pulls one only if the engine has none', async () => {
    const rig = openRig();
    const ports = rig.process(1);
    await rig.engine.images.remove('app');
    const request = { project: 'a', holder: '' };
    await expect(acquireLock(ports, await ownJudge(ports), request)).rejects.toMatchObject({
      code: 'lock-unavailable',
    });
    rig.engine.control.putImage('tiny', 'registry');
    await (await acquireLock(ports, await ownJudge(ports), { ...request, image: 'tiny' })).release();
  });
});
