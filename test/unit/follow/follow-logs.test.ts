import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ContainerCreateRequest } from '../../../src/engine/container.ts';
import { EngineError } from '../../../src/engine/engine-error.ts';
import { followLogs, type LogOptions } from '../../../src/follow/follow-logs.ts';
import type { ContainerSelection } from '../../../src/follow/log-selection.ts';
import { createMemoryEngine, type MemoryEngine } from '../../../src/memory-engine/create-memory-engine.ts';
import { createManualClock, type ManualClock, settle } from '../../fakes/manual-clock.ts';
import { labelsOf, project } from '../../fakes/plan-nodes.ts';

let clock: ManualClock;
let engine: MemoryEngine;
let abort: AbortController;

beforeEach(() => {
  clock = createManualClock();
  engine = createMemoryEngine({ images: ['busybox'], now: () => clock.now() });
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

async function write(service: string, text: string): Promise<void> {
  engine.control.write(`shop-${service}-1`, text);
  await clock.advance(1);
}

interface Reading {
  readonly lines: string[];
  ended: boolean;
}

/** Reads on; lines are `service: text`. */
function read(options: Partial<LogOptions> = {}, selection: Partial<ContainerSelection> = {}): Reading {
  const reading: Reading = { lines: [], ended: false };
  const consume = async (): Promise<void> => {
    try {
      for await (const { source, text } of followLogs(
        { engine, clock },
        { project, ...selection },
        { signal: abort.signal, ...options },
      )) {
        reading.lines.push(`${source.service}: ${text}`);
      }
    } catch (error) {
      reading.lines.push(String(error));
    }
    reading.ended = true;
  };
  consume().catch(() => undefined);
  return reading;
}

describe('followLogs without follow', () => {
  it('puts the lines of all containers in the order of time', async () => {
    await run('db');
    await run('web');
    await write('web', 'one\n');
    await write('db', 'two\n');
    await write('web', 'three\nfour\n');
    await write('db', 'five\n');
    const reading = read();
    await settle();
    expect(reading).toEqual({ lines: ['web: one', 'db: two', 'web: three', 'web: four', 'db: five'], ended: true });
  });

  it('says who wrote a line, where and when', async () => {
    await run('db');
    engine.control.write('shop-db-1', 'broken\n', 'stderr');
    const lines = followLogs({ engine, clock }, { project }, { signal: abort.signal });
    expect((await lines.next()).value).toEqual({
      source: { service: 'db', replica: 1, container: 'shop-db-1' },
      stream: 'stderr',
      text: 'broken',
      timestamp: '2026-01-01T00:00:00.000000000Z',
    });
    await lines.return();
  });

  it('shows only the services that are asked for, stopped ones too', async () => {
    await run('db');
    await run('web');
    await write('db', 'of db\n');
    await write('web', 'of web\n');
    engine.control.exit('shop-db-1', 0);
    const reading = read({}, { services: ['db'] });
    await settle();
    expect(reading.lines).toEqual(['db: of db']);
  });

  it('leaves other projects and one-off containers out', async () => {
    await run('db', { Labels: { ...labelsOf('db'), 'com.docker.compose.project': 'other' } });
    await run('web', { Labels: { ...labelsOf('web'), 'com.docker.compose.oneoff': 'True' } });
    await write('db', 'x\n');
    await write('web', 'x\n');
    const reading = read();
    await settle();
    expect(reading).toEqual({ lines: [], ended: true });
  });

  it('warns of a log that cannot be read and shows the others', async () => {
    await run('db');
    await run('web');
    await write('web', 'hello\n');
    engine.control.fail(
      'containers.logs shop-db-1',
      new EngineError('unsupported', 'configured logging driver does not support reading'),
    );
    const warnings: string[] = [];
    const reading = read({ warn: (text) => void warnings.push(text) });
    await settle();
    expect(reading.lines).toEqual(['web: hello']);
    expect(warnings).toEqual([
      `Can't retrieve logs for "shop-db-1": configured logging driver does not support reading`,
    ]);
  });

  it('ends with the error of the engine', async () => {
    await run('db');
    engine.control.die();
    const reading = read();
    await settle();
    expect(reading.lines).toEqual(['TopsailError: the engine does not answer']);
  });
});

describe('followLogs with follow', () => {
  it('shows lines as they come and ends when all containers have exited', async () => {
    await run('db');
    await write('db', 'old\n');
    const reading = read({ follow: true });
    await settle();
    await write('db', 'new\n');
    expect(reading.lines).toEqual(['db: old', 'db: new']);
    engine.control.exit('shop-db-1', 0);
    await clock.advance(499);
    expect(reading.ended).toBe(false);
    await clock.advance(1);
    expect(reading.ended).toBe(true);
  });

  it('ends at once when nothing lives', async () => {
    await run('db');
    await write('db', 'last words\n');
    engine.control.exit('shop-db-1', 1);
    const reading = read({ follow: true });
    await clock.advance(200);
    expect(reading).toEqual({ lines: ['db: last words'], ended: true });
  });

  it('holds a line back for earlier ones of other containers, for 200 ms', async () => {
    await run('db');
    await run('web');
    const reading = read({ follow: true });
    await settle();
    await write('db', 'held\n');
    await clock.advance(198);
    expect(reading.lines).toEqual([]);
    await clock.advance(2);
    expect(reading.lines).toEqual(['db: held']);
    await write('web', 'first\n');
    await write('db', 'second\n');
    expect(reading.lines).toEqual(['db: held', 'web: first']);
  });

  it('goes on after a restart with every line once', async () => {
    const id = await run('db');
    await write('db', 'one\n');
    const reading = read({ follow: true });
    await settle();
    engine.control.write('shop-db-1', 'two\n');
    engine.control.write('shop-db-1', 'three\n');
    await engine.containers.restart(id);
    engine.control.write('shop-db-1', 'four\n');
    await clock.advance(1000);
    await write('db', 'five\n');
    expect(reading.lines).toEqual(['db: one', 'db: two', 'db: three', 'db: four', 'db: five']);
    expect(reading.ended).toBe(false);
  });

  it('shows a stopped container that starts later, but not what it wrote before the lines asked for', async () => {
    await run('web');
    const id = await run('db');
    await write('db', 'old\n');
    engine.control.exit('shop-db-1', 0);
    const reading = read({ follow: true, tail: '0' });
    await clock.advance(1000);
    await engine.containers.start(id);
    await clock.advance(1);
    await write('db', 'fresh\n');
    await clock.advance(500);
    expect(reading.lines).toEqual(['db: fresh']);
  });

  it.each(['0', 'all'])(
    'shows what a stopped job writes that is over before anybody can look, with tail %s',
    async (tail) => {
      await run('web');
      const id = await run('job');
      await write('job', 'old\n');
      engine.control.exit('shop-job-1', 0);
      const reading = read({ follow: true, tail });
      await clock.advance(1000);
      engine.control.onStart(({ name }) => {
        engine.control.write(name, 'new\n');
        engine.control.exit(name, 0);
      });
      await engine.containers.start(id);
      await clock.advance(1000);
      await engine.containers.start(id);
      await clock.advance(1000);
      expect(reading.lines).toEqual([...(tail === '0' ? [] : ['job: old']), 'job: new', 'job: new']);
    },
  );

  it('begins once it knows where the log of a stopped container ends', async () => {
    await run('job');
    engine.control.exit('shop-job-1', 0);
    const held = engine.control.hold('containers.logs shop-job-1');
    let begun = false;
    read({ follow: true, tail: '0', begun: () => void (begun = true) });
    await settle();
    expect(begun).toBe(false);
    held.release();
    await settle();
    expect(begun).toBe(true);
  });

  it('shows nothing again of a quiet container that is restarted while only new lines are asked for', async () => {
    const id = await run('db');
    await write('db', 'old\n');
    const reading = read({ follow: true, tail: '0' });
    await clock.advance(1000);
    await engine.containers.restart(id);
    await clock.advance(1);
    await write('db', 'fresh\n');
    await clock.advance(500);
    expect(reading.lines).toEqual(['db: fresh']);
  });

  it('shows containers that appear later from their first line', async () => {
    await run('db');
    const reading = read({ follow: true });
    await settle();
    const id = await run('web');
    engine.control.write('shop-web-1', 'hello\n');
    await clock.advance(500);
    expect(reading.lines).toEqual(['web: hello']);
    engine.control.exit('shop-db-1', 0);
    await clock.advance(1000);
    expect(reading.ended).toBe(false);
    await engine.containers.remove(id, { force: true });
    await clock.advance(1000);
    expect(reading.ended).toBe(true);
  });

  it('stays open as long as the caller says', async () => {
    const hold = new AbortController();
    const reading = read({ follow: true, holdOpen: hold.signal });
    await clock.advance(10_000);
    expect(reading.ended).toBe(false);
    await run('db');
    await write('db', 'late\n');
    await clock.advance(300);
    expect(reading.lines).toEqual(['db: late']);
    engine.control.exit('shop-db-1', 0);
    await clock.advance(1000);
    expect(reading.ended).toBe(false);
    hold.abort();
    await clock.advance(1000);
    expect(reading.ended).toBe(true);
  });

  it('finds what it missed while the event stream was lost', async () => {
    await run('db');
    const reading = read({ follow: true });
    await settle();
    const held = engine.control.hold('events');
    engine.control.loseEventStreams();
    await clock.advance(0);
    await run('web');
    await write('web', 'unseen start\n');
    held.release();
    await clock.advance(300);
    expect(reading.lines).toEqual(['web: unseen start']);
  });

  it('stops reading a container whose lines nobody takes', async () => {
    await run('db');
    for (let line = 0; line < 5000; line += 1) engine.control.write('shop-db-1', `${line}\n`);
    const lines = followLogs({ engine, clock }, { project }, { signal: abort.signal, follow: true });
    for (let line = 0; line < 5000; line += 1) expect((await lines.next()).value?.text).toBe(String(line));
    await lines.return();
  });

  it('ends quietly when aborted', async () => {
    await run('db');
    const reading = read({ follow: true });
    await settle();
    abort.abort();
    await settle();
    expect(reading).toEqual({ lines: [], ended: true });
  });

  it('ends quietly when aborted while one of several containers has exited already', async () => {
    await run('db');
    await run('job');
    engine.control.exit('shop-job-1', 0);
    const reading = read({ follow: true });
    await settle();
    abort.abort();
    await settle();
    expect(reading).toEqual({ lines: [], ended: true });
  });

  it('ends when the reader leaves while one of several containers has exited already', async () => {
    await run('db');
    await run('job');
    engine.control.exit('shop-job-1', 0);
    engine.control.write('shop-db-1', 'one\n');
    const lines = followLogs({ engine, clock }, { project }, { signal: abort.signal, follow: true });
    const first = lines.next();
    await settle();
    await clock.advance(200);
    expect((await first).value?.text).toBe('one');
    expect(await lines.return()).toEqual({ done: true, value: undefined });
  });

  it('ends with an error when the engine dies', async () => {
    await run('db');
    const reading = read({ follow: true });
    await settle();
    engine.control.die();
    await clock.advance(5000);
    expect(reading.ended).toBe(true);
    expect(reading.lines).toEqual(['TopsailError: the engine does not answer']);
  });
});
