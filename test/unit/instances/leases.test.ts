import { describe, expect, test } from 'vitest';
import { EngineError } from '../../../src/engine/engine-error.ts';
import { acquireLock } from '../../../src/instances/instance-lock.ts';
import { holdLease, ownJudge, renewLeases } from '../../../src/instances/lease-keeper.ts';
import { leaseTime, listLeases, replaceLease } from '../../../src/instances/lease-store.ts';
import { isAnythingLeased } from '../../../src/instances/list-leased.ts';
import { sweep } from '../../../src/instances/sweep.ts';
import { noWatcher, openRig } from './rig.ts';

const copy = ['a-net', 'a-vol', 'a-web-1'];

describe('a sweep', () => {
  test('removes the copy of an owner who was killed, its lease last, and says whose it was', async () => {
    const rig = openRig();
    await holdLease(rig.process(1), noWatcher, 'a');
    await rig.fill('a');
    rig.kill(1);
    const { swept, live } = await sweep(rig.process(2));
    expect(swept).toEqual([{ project: 'a', owner: 'process 1 on here', removed: 3 }]);
    expect(live).toEqual([]);
    expect(await rig.held()).toEqual([]);
    expect(rig.engine.control.writes().at(-1)).toMatch(/^volumes\.remove topsail-lease-/);
  });

  test('leaves a living owner alone, also one that has not said so for long because it is paused', async () => {
    const rig = openRig();
    await holdLease(rig.process(1), noWatcher, 'a');
    await rig.fill('a');
    rig.wait(leaseTime * 100);
    const { swept, live } = await sweep(rig.process(2), { thorough: true });
    expect(swept).toEqual([]);
    expect(live).toMatchObject([{ project: 'a', owner: { pid: 1 } }]);
    expect(await rig.held()).toEqual([...copy, 'lease']);
  });

  test.each([
    ['another PID namespace', { pidNamespace: 'pid:[2]' }],
    ['another machine', { host: 'there' }],
    ['another run of the machine', { bootId: 'later' }],
  ])('believes an owner in %s until its lease expires', async (_, where) => {
    const rig = openRig();
    await holdLease(rig.process(1), noWatcher, 'a');
    await rig.fill('a');
    rig.kill(1);
    rig.wait(leaseTime - 1);
    expect((await sweep(rig.process(2, where))).swept).toEqual([]);
    rig.wait(1);
    expect((await sweep(rig.process(2, where))).swept).toHaveLength(1);
  });

  test('ends although the container of somebody else holds on to a volume', async () => {
    const rig = openRig();
    await holdLease(rig.process(1), noWatcher, 'a');
    await rig.fill('a');
    const Mounts = [{ Type: 'volume', Source: 'a-vol', Target: '/x' }] as const;
    await rig.engine.containers.create({ name: 'other', body: { Image: 'app', HostConfig: { Mounts } } });
    rig.kill(1);
    expect((await sweep(rig.process(2))).swept).toMatchObject([{ project: 'a', removed: 2 }]);
    expect(await rig.held()).toEqual(['a-vol', 'other']);
  });

  test('takes a later process of the same number for another one', async () => {
    const rig = openRig();
    const { processes, ...ports } = rig.process(1);
    const before = { ...processes, self: async () => ({ ...(await processes.self()), startTime: 'earlier' }) };
    await holdLease({ ...ports, processes: before }, noWatcher, 'a');
    expect((await sweep(rig.process(2))).swept).toHaveLength(1);
  });

  test('goes on where a sweep that was killed had ended, and waits for what the dead owner still makes', async () => {
    const rig = openRig();
    await holdLease(rig.process(1), noWatcher, 'a');
    rig.kill(1);
    const held = rig.engine.control.hold(
      (call) => call.name === 'volumes.remove' && call.subject.startsWith('topsail-lease'),
    );
    const sweeping = sweep(rig.process(2));
    await rig.fill('a');
    await held.arrived();
    held.release();
    expect((await sweeping).swept).toMatchObject([{ removed: 3 }]);
    expect(await rig.held()).toEqual([]);
  });

  test('removes what the engine makes of a copy when its lease is long gone', async () => {
    const rig = openRig();
    await holdLease(rig.process(1), noWatcher, 'a');
    const queued = rig.engine.control.hold((call) => call.subject.startsWith('a-'), 'before');
    const filling = rig.fill('a', false);
    await queued.arrived();
    rig.kill(1);
    await sweep(rig.process(2));
    expect(await rig.held()).toEqual([]);
    queued.release();
    await filling;
    expect(await rig.held()).toEqual(copy);
    expect((await sweep(rig.process(2))).swept).toEqual([{ project: 'a', owner: 'somebody unknown', removed: 3 }]);
    expect(await rig.held()).toEqual([]);
  });

  test('leaves a copy alone that gets its lease back between two looks', async () => {
    const rig = openRig();
    await rig.fill('a', false);
    const looking = rig.engine.control.hold('volumes.list', 'after');
    const sweeping = sweep(rig.process(1));
    // The resources and the leases, without the one that is being made.
    await looking.arrived();
    looking.releaseOne();
    await looking.arrived(2);
    await holdLease(rig.process(2), noWatcher, 'a');
    looking.release();
    expect(await sweeping).toMatchObject({ swept: [], live: [] });
    expect(await rig.held()).toEqual([...copy, 'lease']);
  });

  test('leaves a running copy alone whose lease somebody removed as an unused volume, unless it is thorough', async () => {
    const rig = openRig();
    await holdLease(rig.process(1), noWatcher, 'a');
    await rig.fill('a');
    for (const { volume } of await listLeases(rig.engine)) await rig.engine.volumes.remove(volume, false);
    expect((await sweep(rig.process(2))).swept).toEqual([]);
    expect(await rig.held()).toEqual(copy);
    expect((await sweep(rig.process(2), { thorough: true })).swept).toMatchObject([{ project: 'a', removed: 3 }]);
  });

  test.each(['lost', 'dead'])(
    'takes nothing from a holder who comes while it removes a copy whose lease is %s',
    async (how) => {
      const rig = openRig();
      if (how === 'dead') await holdLease(rig.process(1), noWatcher, 'a');
      await rig.engine.volumes.create({
        Name: 'a-old',
        Labels: { 'com.docker.compose.project': 'a', 'dev.topsail.leased': 'true' },
      });
      rig.kill(1);
      const removing = rig.engine.control.hold((call) => call.subject === 'a-old' && call.name === 'volumes.remove');
      const sweeping = sweep(rig.process(2));
      await removing.arrived();
      await holdLease(rig.process(3), noWatcher, 'a');
      await rig.fill('a');
      removing.release();
      expect((await sweeping).swept).toMatchObject([{ project: 'a', removed: 1 }]);
      expect(await rig.held()).toEqual([...copy, 'lease']);
    },
  );

  test('takes one turn at the engine for all copies', async () => {
    const rig = openRig();
    for (const project of ['a', 'b', 'c']) await holdLease(rig.process(1), noWatcher, project);
    rig.kill(1);
    expect((await sweep(rig.process(2))).swept).toHaveLength(3);
    expect(rig.engine.control.writes().filter((write) => write.startsWith('networks.create'))).toHaveLength(1);
  });

  test('does not wait for what somebody else uses of a copy without a lease', async () => {
    const rig = openRig();
    await rig.fill('a', false);
    const Mounts = [{ Type: 'volume', Source: 'a-vol', Target: '/x' }] as const;
    await rig.engine.containers.create({ name: 'other', body: { Image: 'app', HostConfig: { Mounts } } });
    expect((await sweep(rig.process(1))).swept).toMatchObject([{ project: 'a', removed: 2 }]);
    const before = rig.clock.now();
    expect((await sweep(rig.process(1))).swept).toEqual([]);
    expect(rig.clock.now() - before).toBe(500);
    expect(await rig.held()).toEqual(['a-vol', 'other']);
  });

  test('says nothing of the turn of another sweep, which was killed in it', async () => {
    const rig = openRig();
    const labels = { 'com.docker.compose.project': 'topsail-turn-1', 'dev.topsail.leased': 'true' };
    await rig.engine.networks.create({ Name: 'topsail-turn-1', Labels: labels });
    expect((await sweep(rig.process(1))).swept).toEqual([]);
    expect(await rig.held()).toEqual([]);
  });

  test('removes the other copies although one cannot be removed', async () => {
    const rig = openRig();
    await holdLease(rig.process(1), noWatcher, 'a');
    await holdLease(rig.process(1), noWatcher, 'b');
    await rig.fill('a');
    await rig.fill('b');
    rig.kill(1);
    const stuck = new EngineError('server', 'driver failed');
    rig.engine.control.fail((call) => call.name === 'networks.remove' && call.subject === 'a-net', stuck);
    await expect(sweep(rig.process(2))).rejects.toThrow('driver failed');
    expect(await rig.held()).toEqual(['a-net', 'lease']);
  });

  test('leaves a copy alone that was left behind on purpose, unless it is thorough', async () => {
    const rig = openRig();
    const lease = await holdLease(rig.process(1), noWatcher, 'a');
    await rig.fill('a');
    await lease.leave();
    await lease.leave();
    rig.kill(1);
    expect(await sweep(rig.process(2))).toEqual({ swept: [], live: [] });
    expect(await rig.held()).toEqual([...copy, 'lease']);
    expect((await sweep(rig.process(2), { thorough: true })).swept).toMatchObject([{ project: 'a', removed: 3 }]);
    expect(await rig.held()).toEqual([]);
  });

  test('removes what says that a copy was left behind when the copy is gone', async () => {
    const rig = openRig();
    const lease = await holdLease(rig.process(1), noWatcher, 'a');
    await lease.leave();
    expect(await sweep(rig.process(2))).toEqual({ swept: [], live: [] });
    expect(await rig.held()).toEqual([]);
  });

  test('removes a lock that came to be after the lease of its holder', async () => {
    const rig = openRig();
    const ports = rig.process(1);
    await acquireLock(ports, await ownJudge(ports), { project: 'a', holder: '' });
    rig.kill(1);
    expect(await isAnythingLeased(rig.engine)).toBe(true);
    await sweep(rig.process(2));
    expect(await rig.held()).toEqual([]);
    expect(await isAnythingLeased(rig.engine)).toBe(false);
  });

  test('is four lists where nothing is left', async () => {
    const rig = openRig();
    await sweep(rig.process(1));
    expect(rig.engine.control.reads()).toEqual(['containers.list', 'networks.list', 'volumes.list', 'volumes.list']);
    expect(rig.engine.control.writes()).toEqual([]);
  });
});

describe('a lease', () => {
  test('is there before the copy and gone when it is given up', async () => {
    const rig = openRig();
    const said: string[] = [];
    const watcher = { hold: () => said.push('+'), release: () => said.push('-') };
    const lease = await holdLease(rig.process(1), watcher, 'a');
    expect(await listLeases(rig.engine, 'a')).toMatchObject([{ project: 'a', waiting: false, shared: false }]);
    await lease.release();
    await lease.release();
    expect(await rig.held()).toEqual([]);
    expect(said).toEqual(['+', '-']);
  });

  test('is renewed by being replaced, with a lease there at every moment', async () => {
    const rig = openRig();
    const ports = rig.process(1);
    const lease = await holdLease(ports, noWatcher, 'a');
    rig.wait(1000);
    const [before] = await listLeases(rig.engine);
    await renewLeases(ports, ({ owner }) => owner.pid === 1);
    const [after, ...others] = await listLeases(rig.engine);
    expect(others).toEqual([]);
    expect(after).toMatchObject({ holder: lease.holder, expiresAt: (before?.expiresAt ?? 0) + 1000 });
    expect(rig.engine.control.writes().map((write) => write.split(' ')[0])).toEqual([
      'volumes.create',
      'volumes.create',
      'volumes.remove',
    ]);
    await lease.release();
    expect(await rig.held()).toEqual([]);
  });

  test('that is changed while it is renewed is changed all the same', async () => {
    const rig = openRig();
    const ports = rig.process(1);
    const lease = await holdLease(ports, noWatcher, 'a', { shared: true, waiting: true });
    const held = rig.engine.control.hold('volumes.create', 'before');
    const using = lease.use();
    const renewing = renewLeases(ports, () => true);
    await held.arrived(2);
    held.release();
    await Promise.all([using, renewing]);
    expect(await listLeases(rig.engine)).toMatchObject([{ waiting: false }]);
  });

  test('that is given up while it is renewed stays given up', async () => {
    const rig = openRig();
    const lease = await holdLease(rig.process(1), noWatcher, 'a');
    const [before] = await listLeases(rig.engine);
    if (before === undefined) throw new Error('there is no lease');
    await lease.release();
    expect(await replaceLease(rig.engine, before, { expiresAt: 1 })).toBeUndefined();
    expect(await rig.held()).toEqual([]);
  });
});
