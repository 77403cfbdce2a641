import { describe, expect, it } from 'vitest';
import { TopsailError } from '../../../../src/diagnostics/topsail-error.ts';
import { EngineError } from '../../../../src/engine/engine-error.ts';
import type { Registry } from '../../../../src/engine/registry.ts';
import type { TransferProgress } from '../../../../src/engine/resource.ts';
import type { TopsailEvent } from '../../../../src/events/event.ts';
import type { NodeResult } from '../../../../src/events/execution-result.ts';
import { executePlan } from '../../../../src/execution/execute-plan.ts';
import { createMemoryEngine } from '../../../../src/memory-engine/create-memory-engine.ts';
import type { Operation } from '../../../../src/plan/operation.ts';
import { errorText } from '../../../fakes/handler-rig.ts';
import { createManualClock } from '../../../fakes/manual-clock.ts';
import { planOf } from '../../../fakes/plan-nodes.ts';

interface Situation {
  /** What the engine answers, in place of what the memory engine would. */
  readonly lines?: readonly TransferProgress[];
  readonly error?: Error;
  readonly tags?: Registry['tags'];
}

interface Performed {
  readonly result: NodeResult;
  readonly events: readonly TopsailEvent[];
}

async function perform(operation: Operation, { lines = [], error, tags }: Situation = {}): Promise<Performed> {
  const memory = createMemoryEngine({ images: ['app:1'], registry: ['app:1', 'app:2'] });
  async function* transfer(): AsyncGenerator<TransferProgress, void, undefined> {
    yield* lines;
    if (error !== undefined) throw await Promise.resolve(error);
  }
  const told = lines.length > 0 || error !== undefined;
  const engine = told ? { ...memory, images: { ...memory.images, pull: transfer, push: transfer } } : memory;
  const events: TopsailEvent[] = [];
  const clock = createManualClock();
  const sink = (event: TopsailEvent): void => void events.push(event);
  const ports = { engine, clock, sink, ...(tags === undefined ? {} : { registry: { tags } }) };
  const plan = planOf([{ id: 'move', address: 'image:app:1', operation, needs: [], cause: 'asked for' }]);
  const running = executePlan(plan, ports, { signal: new AbortController().signal });
  await clock.advance(60_000);
  const [result] = (await running).nodes.values();
  if (result === undefined) throw new Error('the node did not end');
  return { result, events };
}

const pull = {
  kind: 'pull-image',
  reference: 'app:1',
  platform: undefined,
  services: ['web', 'worker'],
  previousId: undefined,
  required: true,
  stamped: false,
} as const;
const push = { kind: 'push-image', reference: 'app:1', services: ['web'], required: true } as const;
const noTag = new EngineError('not-found', 'manifest for app:1 not found: manifest unknown: manifest unknown');

describe('pull-image', () => {
  it('tells of layers and of the whole, and keeps the digest', async () => {
    const digest = `sha256:${'0a'.repeat(32)}`;
    const { result, events } = await perform(pull, {
      lines: [
        { id: 'abc', status: 'Downloading', progressDetail: { current: 5, total: 10 } },
        { status: 'Digest', digest },
      ],
    });
    expect(result).toMatchObject({ outcome: 'done', digest });
    expect(events.filter(({ type }) => type === 'node-progress')).toMatchObject([
      { text: 'Downloading', part: 'abc', current: 5, total: 10 },
      { text: 'Downloading', current: 5, total: 10 },
      { text: 'Digest' },
    ]);
    expect(events.find(({ type }) => type === 'node-ended')).toMatchObject({ digest });
  });

  it('passes on what the engine warns of', async () => {
    const { events } = await perform(pull, { lines: [{ status: 'WARNING: another platform' }] });
    expect(events).toContainEqual(expect.objectContaining({ type: 'warning', text: 'another platform' }));
  });

  it('is tried again where the fault may pass, and then fails by name', async () => {
    const { result, events } = await perform(pull, { error: new EngineError('server', 'unexpected EOF') });
    expect(events.filter(({ type }) => type === 'warning')).toHaveLength(2);
    expect(errorText(result)).toEqual([
      'image-transfer-failed',
      'service "web", "worker" could not pull app:1: unexpected EOF',
    ]);
  });

  it('that is not required ends with a warning', async () => {
    const { result, events } = await perform({ ...pull, required: false }, { error: noTag });
    expect(result).toMatchObject({ outcome: 'skipped', changed: false, error: undefined });
    expect(events).toContainEqual(expect.objectContaining({ type: 'warning', text: expect.stringContaining('app:1') }));
  });

  it('notes the time on an image whose policy goes by its age', async () => {
    const writes = async (stamped: boolean): Promise<readonly string[]> => {
      const engine = createMemoryEngine({ registry: ['app:1'] });
      const sink = (): void => undefined;
      const operation = { ...pull, stamped };
      const plan = planOf([{ id: 'move', address: 'image:app:1', operation, needs: [], cause: 'asked for' }]);
      await executePlan(plan, { engine, clock: createManualClock(), sink }, { signal: new AbortController().signal });
      return engine.control.writes();
    };
    expect(await writes(true)).toEqual(['images.pull app:1', 'images.tag app:1']);
    expect(await writes(false)).toEqual(['images.pull app:1']);
  });

  it('says how to log in where access is denied', async () => {
    const error = new EngineError('access-denied', 'the registry refuses the login of "me": unauthorized');
    const reference = 'r.example/app:1';
    expect(errorText((await perform({ ...pull, reference, services: ['web'] }, { error })).result)).toEqual([
      'image-access-denied',
      'service "web" may not pull r.example/app:1: the registry refuses the login of "me": unauthorized',
      'log in with: docker login r.example',
    ]);
  });

  it('names the service for a login that cannot be read', async () => {
    const error = new TopsailError('credential-helper-failed', 'cannot run docker-credential-x');
    expect(errorText((await perform({ ...pull, services: ['web'] }, { error })).result)).toEqual([
      'image-transfer-failed',
      'service "web" could not pull app:1: cannot run docker-credential-x',
    ]);
  });
});

describe('pull-image of a tag that does not exist', () => {
  const reference = 'r.example/app:1.36.1';
  const missing = (tags: Registry['tags']): Promise<Performed> =>
    perform({ ...pull, reference, services: ['web'] }, { error: noTag, tags });

  it('names the nearest tags', async () => {
    const tags = ['0.9', '1.36', '1.35', '2', 'latest'];
    expect(errorText((await missing(() => Promise.resolve(tags))).result)).toEqual([
      'image-missing',
      'service "web" has no image r.example/app:1.36.1: r.example has no tag 1.36.1 of app',
      'its tags nearest to that: 1.36, 1.35, latest, 0.9, 2',
    ]);
  });

  it('says so if there is no repository at all', async () => {
    const unknown = new TopsailError('registry-not-found', 'registry r.example: it has no repository app');
    expect(errorText((await missing(() => Promise.reject(unknown))).result)).toEqual([
      'image-missing',
      'service "web" has no image r.example/app:1.36.1: r.example has no repository app',
    ]);
  });

  it('says what the engine said if the registry does not tell its tags in time', async () => {
    const words = `service "web" has no image ${reference}: ${noTag.message}`;
    const never = new Promise<never>(() => undefined);
    expect((await missing(() => never)).result.error?.message).toBe(words);
    expect((await missing(() => Promise.reject(new Error('no')))).result.error?.message).toBe(words);
  });
});

describe('push-image', () => {
  it('gives the digest', async () => {
    expect((await perform(push)).result).toMatchObject({
      outcome: 'done',
      digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
    });
  });

  it('of an image that is not on the engine fails by name', async () => {
    const error = new EngineError('not-found', 'tag does not exist: app:1');
    expect(errorText((await perform(push, { error })).result)).toEqual([
      'image-missing',
      'service "web" has no image app:1: it is not on the engine',
    ]);
  });

  it('that the registry answers with 404 does not blame the engine', async () => {
    const words = 'unexpected status from POST request to https://r.example/v2/app/blobs/uploads/: 404 Not Found';
    const error = new EngineError('not-found', words);
    expect(errorText((await perform(push, { error })).result)).toEqual([
      'image-transfer-failed',
      `service "web" could not push app:1: ${words}`,
    ]);
  });
});
