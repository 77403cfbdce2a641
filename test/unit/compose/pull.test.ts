import { expect, test } from 'vitest';
import { pull } from '../../../src/compose/pull.ts';
import { push } from '../../../src/compose/push.ts';
import type { TopsailEvent } from '../../../src/events/event.ts';
import { createMemoryEngine, type MemoryEngine } from '../../../src/memory-engine/create-memory-engine.ts';
import type { Project } from '../../../src/project/project.ts';
import { loadCompose, projectOf } from '../../fakes/load-compose.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';

const text = `
services:
  web: { image: "web:1", depends_on: [db] }
  worker: { image: "web:1" }
  db: { image: "db:1" }
  api: { image: "r.example/api:1", build: . }
`;

interface Kitchen {
  readonly engine: MemoryEngine;
  readonly project: Project;
  readonly ports: Parameters<typeof pull>[0];
  readonly events: TopsailEvent[];
  readonly onEvent: (event: TopsailEvent) => void;
}

async function kitchen(): Promise<Kitchen> {
  const engine = createMemoryEngine({ registry: ['web:1', 'db:1'], images: ['r.example/api:1'] });
  const events: TopsailEvent[] = [];
  const ports = { engine, clock: createManualClock() };
  return { engine, project: await projectOf(text), ports, events, onEvent: (event) => void events.push(event) };
}

const pulls = ({ engine }: Kitchen): readonly string[] =>
  engine.control.writes().map((call) => call.replace('images.', ''));

test('pulls each image once and creates nothing', async () => {
  const at = await kitchen();
  await pull(at.ports, at.project, { ignoreBuildable: true });
  expect(pulls(at).toSorted()).toEqual(['pull db:1', 'pull web:1']);
});

test('so many pulls run at a time as are allowed', async () => {
  const at = await kitchen();
  const most = async (pullParallelism?: number): Promise<number> => {
    const held = at.engine.control.hold('images.pull');
    const running = pull(at.ports, at.project, {
      ignoreBuildable: true,
      ...(pullParallelism === undefined ? {} : { pullParallelism }),
    });
    await held.arrived(1);
    await new Promise((resolve) => setImmediate(resolve));
    const waiting = held.waiting.length;
    held.release();
    await running;
    return waiting;
  };
  expect(await most(1)).toBe(1);
  expect(await most()).toBe(2);
});

test('named services are pulled without their dependencies, unless these are asked for', async () => {
  const at = await kitchen();
  await pull(at.ports, at.project, { services: ['web'] });
  expect(pulls(at)).toEqual(['pull web:1']);
  await pull(at.ports, at.project, { services: ['web'], includeDependencies: true });
  expect(pulls(at).toSorted()).toEqual(['pull db:1', 'pull web:1', 'pull web:1']);
  await expect(pull(at.ports, at.project, { services: ['wep'] })).rejects.toMatchObject({ code: 'no-such-service' });
});

test('a failure is told with the place in the file, and what can be built in its stead', async () => {
  const at = await kitchen();
  const written = await loadCompose(text);
  await expect(pull(at.ports, at.project, { written, onEvent: at.onEvent })).rejects.toMatchObject({
    code: 'image-missing',
    message: expect.stringMatching(/^service "api" has no image r\.example\/api:1: /),
    details: expect.arrayContaining(['services.api.image is at /code/proj/compose.yaml:6:10']),
  });
  expect(pulls(at)).toHaveLength(3);
  expect(at.events).toContainEqual(
    expect.objectContaining({ type: 'warning', text: 'some images must be built from source: topsail build api' }),
  );
});

test('failures that are to be ignored are warnings', async () => {
  const at = await kitchen();
  const { execution } = await pull(at.ports, at.project, { ignoreFailures: true, onEvent: at.onEvent });
  expect(execution.outcomes).toMatchObject({ done: 2, skipped: 1, failed: 0 });
  expect(at.events.filter(({ type }) => type === 'warning')).toHaveLength(2);
});

test('push sends what is built and says what it leaves out', async () => {
  const at = await kitchen();
  const { execution } = await push(at.ports, at.project, { onEvent: at.onEvent });
  expect(pulls(at)).toEqual(['push r.example/api:1']);
  expect([...execution.nodes.values()][0]).toMatchObject({ digest: expect.stringMatching(/^sha256:/) });
  expect(at.events).toContainEqual(
    expect.objectContaining({ type: 'resource-unchanged', name: 'db', text: 'Skipped - It is not built' }),
  );
});
