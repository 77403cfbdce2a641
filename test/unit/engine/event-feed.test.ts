import { describe, expect, it } from 'vitest';
import { createEventFeed, type EventFeed } from '../../../src/engine/event-feed.ts';
import { createMemoryEngine, type MemoryEngine } from '../../../src/memory-engine/create-memory-engine.ts';
import { createManualClock, type ManualClock, settle } from '../../fakes/manual-clock.ts';

interface Rig {
  readonly engine: MemoryEngine;
  readonly clock: ManualClock;
  readonly feed: EventFeed;
  readonly abort: AbortController;
  readonly heard: string[];
}

function rig(): Rig {
  const clock = createManualClock();
  const engine = createMemoryEngine({ images: ['busybox'] });
  const abort = new AbortController();
  const feed = createEventFeed({ engine, clock }, { types: ['volume'] }, abort.signal);
  const heard: string[] = [];
  feed.listen({
    event: ({ Action: action, Actor: actor }) => void heard.push(`${action} ${actor.ID}`),
    resumed: () => void heard.push('resumed'),
    lost: (error) => void heard.push(`lost: ${String(error)}`),
  });
  return { engine, clock, feed, abort, heard };
}

describe('createEventFeed', () => {
  it('asks nothing of the engine before it is opened, and opens one stream for all', async () => {
    const { engine, feed } = rig();
    expect(engine.control.calls).toEqual([]);
    await Promise.all([feed.open(), feed.open()]);
    expect(engine.control.openEventStreams).toBe(1);
    await feed.close();
    await feed.close();
    expect(engine.control.openEventStreams).toBe(0);
  });

  it('hands every event to all listeners until they stop', async () => {
    const { engine, feed, heard } = rig();
    const other: string[] = [];
    const stop = feed.listen({
      event: ({ Action: action }) => void other.push(action),
      resumed: () => undefined,
      lost: () => undefined,
    });
    await feed.open();
    await engine.volumes.create({ Name: 'a' });
    await settle();
    stop();
    await engine.volumes.create({ Name: 'b' });
    await settle();
    expect(heard).toEqual(['create a', 'create b']);
    expect(other).toEqual(['create']);
    await feed.close();
  });

  it('opens a lost stream again and says so', async () => {
    const { engine, clock, feed, heard } = rig();
    await feed.open();
    engine.control.loseEventStreams();
    await clock.advance(0);
    await engine.volumes.create({ Name: 'a' });
    await settle();
    expect(heard).toEqual(['resumed', 'create a']);
    await feed.close();
  });

  it('gives up after two seconds, and can be opened again later', async () => {
    const { engine, clock, feed, heard } = rig();
    await feed.open();
    engine.control.die();
    await clock.advance(1999);
    expect(heard).toEqual([]);
    await clock.advance(1);
    expect(heard).toEqual(['lost: TopsailError: the engine does not answer']);
    await expect(feed.open()).rejects.toThrow('the engine does not answer');
    await feed.close();
  });

  it('ends with its signal without a word', async () => {
    const { engine, feed, abort, heard } = rig();
    await feed.open();
    abort.abort();
    await settle();
    expect(engine.control.openEventStreams).toBe(0);
    expect(heard).toEqual([]);
  });
});
