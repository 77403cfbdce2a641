import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ContainerCreateRequest } from '../../../src/engine/container.ts';
import type { Engine, EngineEvent, EventStream } from '../../../src/engine/engine.ts';
import { type MonitorOptions, monitorExits } from '../../../src/follow/monitor-exits.ts';
import { createMemoryEngine, type MemoryEngine } from '../../../src/memory-engine/create-memory-engine.ts';
import { createManualClock, settle } from '../../fakes/manual-clock.ts';
import { labelsOf, project } from '../../fakes/plan-nodes.ts';

let engine: MemoryEngine;
let abort: AbortController;

beforeEach(() => {
  engine = createMemoryEngine({ images: ['busybox'] });
  abort = new AbortController();
});

afterEach(async () => {
  abort.abort();
  await settle();
  if (engine.control.openEventStreams > 0) throw new Error('an event stream was left open');
});

async function run(service: string, body: Partial<ContainerCreateRequest> = {}): Promise<string> {
  const { id } = await engine.containers.create({
    name: `shop-${service}-1`,
    body: { Image: 'busybox', Labels: labelsOf(service), ...body },
  });
  await engine.containers.start(id);
  return id;
}

interface Reading {
  readonly exits: string[];
  ended: boolean;
}

async function monitor(options: Partial<MonitorOptions> = {}, services?: readonly string[]): Promise<Reading> {
  const reading: Reading = { exits: [], ended: false };
  const selection = { project, ...(services === undefined ? {} : { services }) };
  const exits = monitorExits({ engine, clock: createManualClock() }, selection, { signal: abort.signal, ...options });
  await exits.listening;
  const consume = async (): Promise<void> => {
    for await (const { source, exitCode, restarting } of exits) {
      reading.exits.push(`${source.container} exited with code ${exitCode}${restarting ? ' (restarting)' : ''}`);
    }
    reading.ended = true;
  };
  consume().catch((error: unknown) => reading.exits.push(String(error)));
  await settle();
  return reading;
}

describe('monitorExits', () => {
  it('goes on while what ends is replaced', async () => {
    const old = await run('web');
    const reading = await monitor();
    const body = { Image: 'busybox', Labels: { ...labelsOf('web'), 'com.docker.compose.replace': 'web-1' } };
    const { id } = await engine.containers.create({ name: '0123456789ab_shop-web-1', body });
    await engine.containers.remove(old, { force: true });
    await settle();
    expect(reading).toEqual({ exits: ['shop-web-1 exited with code 137'], ended: false });
    await engine.containers.start(id);
    await engine.containers.remove(id, { force: true });
    await settle();
    expect(reading.ended).toBe(true);
  });

  it('waits for the end of what the engine says is stopped before it says that it ended', async () => {
    const id = await run('web');
    const told = new PassThrough({ objectMode: true });
    const stream: EventStream = {
      close: () => void told.end(),
      [Symbol.asyncIterator]: () => told[Symbol.asyncIterator]() as AsyncIterator<EngineEvent>,
    };
    const event = (Action: string, time: number): EngineEvent => ({
      Type: 'container',
      Action,
      Actor: { ID: id, Attributes: { ...labelsOf('web'), name: 'shop-web-1', exitCode: '137' } },
      time,
      timeNano: time * 1e9,
    });
    const seen: number[] = [];
    const listening: Engine = {
      ...engine,
      events: (_, call) => {
        call?.signal?.addEventListener('abort', () => void told.end());
        return Promise.resolve(stream);
      },
    };
    const exits = monitorExits(
      { engine: listening, clock: createManualClock() },
      { project },
      { signal: abort.signal },
    );
    const read = (async () => {
      for await (const { exitCode } of exits) seen.push(exitCode);
    })();
    await settle();
    await engine.containers.stop(id);
    told.write(event('kill', 1));
    told.write(event('stop', 2));
    await settle();
    told.write(event('die', 2));
    await read;
    expect(seen).toEqual([137]);
  });

  it('tells of containers that are made in place of others, by their final name', async () => {
    await run('web');
    const recreated: string[] = [];
    await monitor({ onRecreate: ({ container, service }) => recreated.push(`${service} ${container}`) }, ['web']);
    const create = (name: string, service: string, labels: Readonly<Record<string, string>>) =>
      engine.containers.create({ name, body: { Image: 'busybox', Labels: { ...labelsOf(service), ...labels } } });
    await create('shop-web-2', 'web', {});
    await create('0123456789ab_shop-web-1', 'web', { 'com.docker.compose.replace': 'web-1' });
    await create('0123456789ab_shop-db-1', 'db', { 'com.docker.compose.replace': 'db-1' });
    await settle();
    expect(recreated).toEqual(['web shop-web-1']);
  });

  it('tells of every exit and ends when nothing lives', async () => {
    await run('db');
    await run('web');
    const reading = await monitor();
    engine.control.exit('shop-web-1', 3);
    await settle();
    expect(reading).toEqual({ exits: ['shop-web-1 exited with code 3'], ended: false });
    engine.control.exit('shop-db-1', 0);
    await settle();
    expect(reading).toEqual({ exits: ['shop-web-1 exited with code 3', 'shop-db-1 exited with code 0'], ended: true });
  });

  it('says when the engine starts a container again', async () => {
    await run('db', { HostConfig: { RestartPolicy: { Name: 'always' } } });
    const reading = await monitor();
    engine.control.exit('shop-db-1', 1);
    await settle();
    expect(reading).toEqual({ exits: ['shop-db-1 exited with code 1 (restarting)'], ended: false });
  });

  it('ends at once when nothing lives, unless it is held open', async () => {
    expect((await monitor()).ended).toBe(true);
    const hold = new AbortController();
    const reading = await monitor({ holdOpen: hold.signal });
    expect(reading.ended).toBe(false);
    await run('db');
    engine.control.exit('shop-db-1', 7);
    await settle();
    expect(reading).toEqual({ exits: ['shop-db-1 exited with code 7'], ended: false });
    hold.abort();
    await settle();
    expect(reading.ended).toBe(true);
  });

  it('hears what happens between listening and being read', async () => {
    await run('db');
    const exits = monitorExits({ engine, clock: createManualClock() }, { project }, { signal: abort.signal });
    await exits.listening;
    engine.control.exit('shop-db-1', 4);
    const seen: number[] = [];
    for await (const { exitCode } of exits) seen.push(exitCode);
    expect(seen).toEqual([4]);
  });

  it('leaves services out that are not asked for', async () => {
    await run('db');
    await run('web');
    const reading = await monitor({}, ['db']);
    engine.control.exit('shop-web-1', 3);
    engine.control.exit('shop-db-1', 0);
    await settle();
    expect(reading).toEqual({ exits: ['shop-db-1 exited with code 0'], ended: true });
  });

  it('counts a removed container as gone', async () => {
    const id = await run('db');
    const reading = await monitor();
    await engine.containers.remove(id, { force: true });
    await settle();
    expect(reading).toEqual({ exits: ['shop-db-1 exited with code 137'], ended: true });
  });

  it('ends when aborted', async () => {
    await run('db');
    const reading = await monitor();
    abort.abort();
    await settle();
    expect(reading.ended).toBe(true);
  });
});
