import { describe, expect, it } from 'vitest';
import { EngineError } from '../../../src/engine/engine-error.ts';
import type { TopsailEvent } from '../../../src/events/event.ts';
import type { ExecutionResult } from '../../../src/events/execution-result.ts';
import { callGrace } from '../../../src/execution/call-signal.ts';
import { type ExecutionOptions, executePlan } from '../../../src/execution/execute-plan.ts';
import { createMemoryEngine, type MemoryEngine } from '../../../src/memory-engine/create-memory-engine.ts';
import type { Plan, PlanNode } from '../../../src/plan/plan.ts';
import { createManualClock, type ManualClock, settle } from '../../fakes/manual-clock.ts';
import { create, latest, planOf, start, step, wait } from '../../fakes/plan-nodes.ts';

interface Rig {
  readonly engine: MemoryEngine;
  readonly clock: ManualClock;
  readonly events: TopsailEvent[];
  readonly abort: AbortController;
  readonly execute: (plan: Plan, options?: Partial<ExecutionOptions>) => Promise<ExecutionResult>;
}

function rig(): Rig {
  const clock = createManualClock();
  const engine = createMemoryEngine({ images: ['busybox'], now: () => clock.now() });
  const events: TopsailEvent[] = [];
  const abort = new AbortController();
  const sink = (event: TopsailEvent): void => void events.push(event);
  return {
    engine,
    clock,
    events,
    abort,
    execute: (plan, options = {}) => executePlan(plan, { engine, clock, sink }, { signal: abort.signal, ...options }),
  };
}

function outcomes(result: ExecutionResult): Readonly<Record<string, string>> {
  return Object.fromEntries([...result.nodes].map(([id, { outcome }]) => [id, outcome]));
}

function volume(name: string, needs: readonly string[] = [], rest: Partial<PlanNode> = {}): PlanNode {
  return {
    id: `create volume:${name}`,
    address: `volume:${name}`,
    operation: { kind: 'create-volume', key: name, request: { Name: `shop_${name}` } },
    needs,
    cause: 'not created yet',
    ...rest,
  };
}

describe('executePlan', () => {
  it('creates and starts containers in the order of their needs', async () => {
    const { engine, execute } = rig();
    const result = await execute(
      planOf([create('db'), start('db'), create('web'), start('web', ['start container:db:1'])]),
    );
    expect(result.outcomes).toEqual({ done: 4, failed: 0, blocked: 0, aborted: 0, skipped: 0 });
    expect(engine.control.writes().filter((call) => call.includes('start'))).toEqual([
      'containers.start shop-db-1',
      'containers.start shop-web-1',
    ]);
    expect([...result.containers.keys()]).toEqual(['container:db:1', 'container:web:1']);
    expect(result.changed).toBe(true);
  });

  it('has nothing to do for an empty plan', async () => {
    const { execute, events } = rig();
    const result = await execute(planOf([]));
    expect(result.changed).toBe(false);
    expect(events.map(({ type }) => type)).toEqual(['plan', 'summary']);
  });

  it.each(['plan', 'node-started', 'node-ended', 'summary'])(
    'ends with the error of a sink that breaks at %s, and begins nothing more',
    async (type) => {
      const { engine, clock, abort } = rig();
      const broken = new Error('the sink broke');
      const sink = (event: TopsailEvent): void => {
        if (event.type === type) throw broken;
      };
      const plan = planOf([volume('first'), volume('second', ['create volume:first'])]);
      await expect(executePlan(plan, { engine, clock, sink }, { signal: abort.signal })).rejects.toBe(broken);
      if (type !== 'summary') expect(engine.control.writes()).not.toContain('volumes.create shop_second');
    },
  );

  it('runs a node the moment its own needs are done, whatever else still runs', async () => {
    const { engine, execute } = rig();
    const held = engine.control.hold('volumes.create shop_slow');
    const running = execute(planOf([volume('slow'), volume('quick'), volume('next', ['create volume:quick'])]));
    await held.arrived();
    await settle();
    expect(engine.control.writes()).toContain('volumes.create shop_next');
    held.release();
    expect((await running).outcomes.done).toBe(3);
  });

  it('blocks only what depends on a failed node', async () => {
    const { engine, execute, events } = rig();
    engine.control.fail('volumes.create shop_a', new EngineError('server', 'disk is full'));
    const result = await execute(
      planOf([volume('a'), volume('b', ['create volume:a']), volume('c', ['create volume:b']), volume('d')]),
    );
    expect(outcomes(result)).toEqual({
      'create volume:a': 'failed',
      'create volume:b': 'blocked',
      'create volume:c': 'blocked',
      'create volume:d': 'done',
    });
    expect(result.errors.map(({ message, details }) => [message, ...details])).toEqual([
      ['volume a could not be created: disk is full', 'blocked: volume:b, volume:c'],
    ]);
    expect(events.find((event) => event.type === 'node-ended' && event.node === 'create volume:c')).toMatchObject({
      outcome: 'blocked',
      blockedBy: 'create volume:a',
      duration: 0,
    });
  });

  it('ends every node with exactly one event, and starts those that run with one', async () => {
    const { engine, execute, events } = rig();
    engine.control.fail('volumes.create shop_a', new EngineError('server', 'no'));
    await execute(planOf([volume('a'), volume('b', ['create volume:a']), volume('c')]));
    const ofType = (type: string): readonly string[] =>
      events.flatMap((event) => (event.type === type && 'node' in event ? [event.node] : []));
    expect(ofType('node-ended').toSorted()).toEqual(['create volume:a', 'create volume:b', 'create volume:c']);
    expect(ofType('node-started').toSorted()).toEqual(['create volume:a', 'create volume:c']);
  });

  it('has no more engine calls under way than it may', async () => {
    const { engine, execute } = rig();
    const held = engine.control.hold(() => true);
    const running = execute(planOf(['a', 'b', 'c', 'd'].map((name) => volume(name))), { parallelism: 2 });
    await held.arrived(2);
    await settle();
    expect(held.waiting).toHaveLength(2);
    held.releaseOne();
    await settle();
    expect(held.waiting).toHaveLength(2);
    expect(engine.control.calls).toHaveLength(3);
    held.release();
    expect((await running).outcomes.done).toBe(4);
  });

  it('does not let waits take the place of calls', async () => {
    const { engine, execute, clock } = rig();
    const nodes = ['a', 'b', 'c'].flatMap((service) => [create(service), start(service), wait(service, 'running')]);
    const running = execute(planOf(nodes), { parallelism: 1 });
    await clock.advance(600);
    expect((await running).outcomes.done).toBe(9);
    expect(engine.control.reads().filter((call) => call === 'events')).toHaveLength(1);
  });

  it('skips a node whose guard says no, and runs one whose guard says yes', async () => {
    const { execute } = rig();
    const confirmations = [{ id: 'drop', question: 'Drop it?', defaultAnswer: false }];
    const asked = volume('asked', [], { guard: { kind: 'confirmed', question: 'drop' } });
    const plan = planOf(
      [
        volume('a'),
        asked,
        volume('after', ['create volume:asked']),
        volume('if', ['create volume:a'], { guard: { kind: 'any-changed', nodes: ['create volume:a'] } }),
      ],
      { confirmations },
    );
    expect(outcomes(await execute(plan))).toEqual({
      'create volume:a': 'done',
      'create volume:asked': 'skipped',
      'create volume:after': 'done',
      'create volume:if': 'done',
    });
    expect(outcomes(await execute(plan, { confirmations: new Map([['drop', true]]) }))['create volume:asked']).toBe(
      'done',
    );
  });

  it('lets a recreation wait for whether the pull brought another image', async () => {
    const { engine, execute } = rig();
    engine.control.putImage('app:1', 'registry');
    const pull = (previousId: string | undefined): PlanNode => ({
      id: 'pull image:app:1',
      address: 'image:app:1',
      operation: {
        kind: 'pull-image',
        reference: 'app:1',
        platform: undefined,
        services: ['web'],
        previousId,
        required: true,
        stamped: false,
      },
      needs: [],
      cause: 'pull policy always',
    });
    const guarded = {
      ...create('web', ['pull image:app:1'], { Image: 'app:1', Labels: {} }),
      guard: { kind: 'any-changed', nodes: ['pull image:app:1'] } as const,
    };
    const first = await execute(planOf([pull(undefined), guarded]));
    expect(outcomes(first)).toEqual({ 'pull image:app:1': 'done', 'create container:web:1': 'done' });
    const id = first.nodes.get('pull image:app:1')?.id;
    const [created] = await engine.containers.list({ all: true });
    expect(created?.Labels['com.docker.compose.image']).toBe(id);
    const second = await execute(planOf([pull(id), guarded]));
    expect(outcomes(second)).toEqual({ 'pull image:app:1': 'done', 'create container:web:1': 'skipped' });
    expect(second.changed).toBe(false);
  });

  it('uses the observed container where this plan creates none', async () => {
    const { engine, execute } = rig();
    const { id } = await engine.containers.create({ name: 'shop-web-1', body: { Image: 'busybox' } });
    const result = await execute(
      planOf([step('start', 'web', { kind: 'start-container', service: 'web', container: latest('web', id) })]),
    );
    expect(result.nodes.get('start container:web:1')?.id).toBe(id);
  });

  it('waits after the signal for calls that the engine was asked for, and begins no other', async () => {
    const { engine, execute, abort, events } = rig();
    const held = engine.control.hold('volumes.create shop_b');
    const running = execute(planOf([volume('a'), volume('b'), volume('c', ['create volume:b'])]));
    await held.arrived();
    await settle();
    abort.abort();
    await settle();
    held.release();
    const result = await running;
    expect(outcomes(result)).toEqual({
      'create volume:a': 'done',
      'create volume:b': 'done',
      'create volume:c': 'aborted',
    });
    expect(result.aborted).toBe(true);
    expect(result.errors).toEqual([]);
    expect(events.at(-1)?.type).toBe('summary');
  });

  it('gives up calls that take long after the signal', async () => {
    const { engine, execute, abort, clock } = rig();
    const held = engine.control.hold('volumes.create shop_b');
    const running = execute(planOf([volume('a'), volume('b'), volume('c', ['create volume:b'])]));
    await held.arrived();
    await settle();
    abort.abort();
    await clock.advance(callGrace);
    expect(outcomes(await running)).toEqual({
      'create volume:a': 'done',
      'create volume:b': 'aborted',
      'create volume:c': 'aborted',
    });
    expect(clock.sleeping).toBe(0);
  });

  it('ends waits with the signal', async () => {
    const { engine, execute, abort, clock } = rig();
    const waiting = execute(planOf([create('web'), start('web'), wait('web', 'completed')]));
    await settle();
    abort.abort();
    expect((await waiting).outcomes.aborted).toBeGreaterThan(0);
    expect(clock.sleeping).toBe(0);
    expect(engine.control.openEventStreams).toBe(0);
  });

  it('runs nothing when the signal was aborted before', async () => {
    const { engine, execute, abort } = rig();
    abort.abort();
    const result = await execute(planOf([volume('a'), volume('b', ['create volume:a'])]));
    expect(result.outcomes.aborted).toBe(2);
    expect(engine.control.calls).toEqual([]);
  });

  it('tells within seconds that the engine died, with what was done and what was not', async () => {
    const { engine, execute, clock } = rig();
    const held = engine.control.hold('volumes.create shop_b');
    const running = execute(
      planOf([volume('a'), volume('b', ['create volume:a']), volume('c', ['create volume:b']), volume('d')]),
    );
    await held.arrived();
    await settle();
    engine.control.die();
    held.fail(new EngineError('connection-lost', 'socket hang up'));
    await clock.advance(5000);
    const result = await running;
    expect(result.errors.map(({ code, message, details }) => [code, message, ...details])).toEqual([
      [
        'engine-lost',
        'the engine at memory: stopped answering at create volume:b',
        'done: create volume:a, create volume:d',
        'not done: create volume:b, create volume:c',
      ],
    ]);
    expect(outcomes(result)).toMatchObject({ 'create volume:b': 'failed', 'create volume:c': 'blocked' });
  });

  it('does a step again when its connection broke and the engine is still there', async () => {
    const { engine, execute } = rig();
    engine.control.fail('volumes.create shop_a', new EngineError('connection-lost', 'socket hang up'));
    expect((await execute(planOf([volume('a')]))).outcomes.done).toBe(1);
  });

  it('is linear: ten thousand nodes in one chain and in one row', async () => {
    const { execute } = rig();
    const never = { guard: { kind: 'confirmed', question: 'no' } } as const;
    const chain = Array.from({ length: 10_000 }, (_, at) =>
      volume(`c${at}`, at === 0 ? [] : [`create volume:c${at - 1}`], never),
    );
    expect((await execute(planOf(chain))).outcomes.skipped).toBe(10_000);
    const row = Array.from({ length: 10_000 }, (_, at) => volume(`r${at}`));
    expect((await execute(planOf(row))).outcomes.done).toBe(10_000);
  });

  it('ends its event subscription when it is done', async () => {
    const { engine, execute, clock } = rig();
    const running = execute(planOf([create('web'), start('web'), wait('web', 'running')]));
    await clock.advance(1000);
    await running;
    expect(engine.control.openEventStreams).toBe(0);
    expect(clock.sleeping).toBe(0);
  });
});
