import { readFile } from 'node:fs/promises';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { EngineError } from '../../../src/engine/engine-error.ts';
import type { EventBody, TopsailEvent } from '../../../src/events/event.ts';
import { createEventStamp, stampEvent } from '../../../src/events/event-stamp.ts';
import { executePlan } from '../../../src/execution/execute-plan.ts';
import { createMemoryEngine } from '../../../src/memory-engine/create-memory-engine.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';
import { create, planOf, start, step, wait } from '../../fakes/plan-nodes.ts';

type Schema = Readonly<Record<string, unknown>>;

let schema: Schema;
let faults: (event: unknown) => readonly string[];

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The schema with every object closed, so that a member without description is a fault. What other objects are composed of stays open. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed);
  if (!isSchema(value)) return value;
  const members = Object.fromEntries(Object.entries(value).map(([key, member]) => [key, closed(member)]));
  const properties = value['properties'];
  const isPart = isSchema(properties) && ('node' in properties || ('type' in properties && !('$defs' in value)));
  const isPlanNode = 'allOf' in value && !isPart;
  return value['type'] === 'object' && (!isPart || isPlanNode) ? { ...members, unevaluatedProperties: false } : members;
}

beforeAll(async () => {
  const parsed: unknown = JSON.parse(
    await readFile(new URL('../../../schemas/events.schema.json', import.meta.url), 'utf8'),
  );
  if (!isSchema(parsed)) throw new Error('the schema is no object');
  schema = parsed;
  const ajv = new Ajv2020({ allErrors: true, strict: false });
  const validate = ajv.compile({ ...(closed(schema) as Schema), $id: 'closed' });
  faults = (event) =>
    validate(event)
      ? []
      : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
});

const identity = {
  node: 'start container:web:1',
  address: 'container:web:1',
  operation: 'start-container',
  name: 'shop-web-1',
  service: 'web',
  group: 'g',
  cause: 'not running',
} as const;
const source = { service: 'web', replica: 1, container: 'shop-web-1' };
const position = { line: 1, column: 1, offset: 0 };

const samples: readonly EventBody[] = [
  { type: 'plan', project: 'shop', nodes: [{ ...identity, needs: [] }] },
  { type: 'node-started', ...identity },
  { type: 'build-step', ...identity, step: 's', title: '[1/2] RUN true', state: 'failed', duration: 5, text: 'no' },
  { type: 'build-output', ...identity, step: 's', stream: 'stderr', text: 'a line\n', elapsed: 3 },
  { type: 'build-transfer', ...identity, step: 's', part: 'context', current: 3, total: 5, duration: 1 },
  { type: 'node-progress', ...identity, text: 'Downloading', current: 1, total: 2, part: 'a1b2' },
  {
    type: 'node-progress',
    ...identity,
    operation: 'wait-container',
    condition: 'healthy',
    text: 'waiting for web to be healthy',
  },
  {
    type: 'node-ended',
    ...identity,
    outcome: 'failed',
    duration: 3,
    changed: false,
    error: { code: 'x', message: 'y', details: ['z'] },
    blockedBy: 'n',
  },
  { type: 'resource-unchanged', address: 'network:default', name: 'shop_default', service: 'web', text: 'up to date' },
  { type: 'log', source, stream: 'stderr', text: 'hello', timestamp: '2026-01-01T00:00:00.000000000Z' },
  { type: 'container-exited', source, exitCode: 137, restarting: false },
  {
    type: 'diagnostic',
    diagnostic: {
      severity: 'error',
      code: 'c',
      message: 'm',
      path: 'services.web',
      range: { file: 'f', start: position, end: position },
      related: [{ message: 'r', range: { file: 'f', start: position, end: position } }],
      hint: 'h',
    },
  },
  { type: 'warning', text: 'careful', service: 'web' },
  {
    type: 'summary',
    project: 'shop',
    outcomes: { done: 1, failed: 0, blocked: 0, aborted: 0, skipped: 0 },
    duration: 1,
    text: 'shop: nothing to do',
  },
  { type: 'error', error: true, code: 'c', message: 'm', details: ['d'] },
];

describe('schemas/events.schema.json', () => {
  it('accepts every kind of event and knows all their members', () => {
    for (const body of samples) expect([body.type, ...faults(stampEvent(body, 0))]).toEqual([body.type]);
  });

  it('accepts what an execution emits, with failures, warnings and waits', async () => {
    const clock = createManualClock();
    const engine = createMemoryEngine({ images: ['busybox'], now: () => clock.now() });
    engine.control.onStart(({ name }) => {
      if (name === 'shop-job-1') engine.control.exit(name, 3);
    });
    engine.control.fail('containers.start shop-broken-1', new EngineError('server', 'no'));
    const events: TopsailEvent[] = [];
    const nodes = [
      ...[create('job'), start('job'), wait('job', 'completed')],
      ...[create('web'), start('web', ['wait completed container:job:1'])],
      ...[create('cache'), start('cache'), wait('cache', 'healthy', { required: false })],
      ...[create('broken'), start('broken')],
      step('pull', 'web', {
        kind: 'pull-image',
        reference: 'absent',
        platform: undefined,
        services: ['web'],
        previousId: undefined,
        required: true,
        stamped: false,
      }),
    ];
    const notices = [
      { kind: 'up-to-date', address: 'container:db:1', text: 'up to date' },
      { kind: 'orphans', text: 'found orphans' },
    ] as const;
    const running = executePlan(
      planOf(nodes, { notices }),
      { engine, clock, sink: (event) => void events.push(event) },
      { signal: new AbortController().signal },
    );
    await clock.advance(10_000);
    await running;
    expect(new Set(events.map(({ type }) => type)).size).toBeGreaterThanOrEqual(6);
    for (const event of events)
      expect([event.type, ...faults(JSON.parse(JSON.stringify(event)))]).toEqual([event.type]);
  });

  it('refuses an event without its envelope, of an unknown kind, or with a wrong member', () => {
    expect(faults({ type: 'warning', text: 'x' })).not.toEqual([]);
    expect(faults({ version: 1, time: '2026-01-01T00:00:00.000Z', type: 'surprise' })).not.toEqual([]);
    expect(faults({ ...stampEvent({ type: 'warning', text: 'x' }, 0), text: 5 })).not.toEqual([]);
    expect(faults({ ...stampEvent({ type: 'warning', text: 'x' }, 0), extra: 5 })).not.toEqual([]);
    expect(
      faults(
        stampEvent(
          { type: 'container-exited', source: { ...source, ...{ extra: 5 } }, exitCode: 0, restarting: false },
          0,
        ),
      ),
    ).not.toEqual([]);
  });

  it('describes every member', () => {
    const silent: string[] = [];
    const walk = (value: unknown, path: string): void => {
      if (!isSchema(value)) return;
      for (const [name, member] of Object.entries(isSchema(value['properties']) ? value['properties'] : {})) {
        if (!isSchema(member) || typeof member['description'] !== 'string') silent.push(`${path}.${name}`);
      }
      for (const [key, member] of Object.entries(value)) walk(member, `${path}.${key}`);
    };
    walk(schema, '');
    expect(silent).toEqual([]);
  });
});

describe('createEventStamp', () => {
  it('puts version and time around an event', () => {
    const events: TopsailEvent[] = [];
    createEventStamp(
      () => 1500,
      (event) => void events.push(event),
    )({ type: 'warning', text: 'x' });
    expect(events).toEqual([{ version: 1, time: '1970-01-01T00:00:01.500Z', type: 'warning', text: 'x' }]);
  });
});
