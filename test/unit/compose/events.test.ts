import { expect, test } from 'vitest';
import { events } from '../../../src/compose/events.ts';
import { engineWith } from './project-engine.ts';

const clock = { now: () => 0, sleep: () => Promise.resolve() };
const byName = { name: 'p', project: undefined };

test('events of containers are told with their attributes, without those of one-offs and other services', async () => {
  const engine = await engineWith(
    { service: 'web', labels: { z: '1', a: '2' } },
    { service: 'db' },
    { service: 'web', oneOff: true },
  );
  const leaving = new AbortController();
  const found = events({ engine, clock }, byName, { services: ['web'], signal: leaving.signal });
  const first = found.next();
  while (engine.control.openEventStreams === 0) await Promise.resolve();
  engine.control.exit('p-web-run-1', 0);
  engine.control.exit('p-db-1', 0);
  engine.control.exit('p-web-1', 3);
  const { value } = await first;
  expect(value).toMatchObject({ action: 'die', service: 'web', attributes: { name: 'p-web-1', exitCode: '3' } });
  expect(Object.keys(value?.attributes ?? {})).toEqual(Object.keys(value?.attributes ?? {}).toSorted());
  expect(JSON.stringify(value)).not.toContain('com.docker.compose');
  leaving.abort();
  expect(await found.next()).toEqual({ done: true, value: undefined });
});
