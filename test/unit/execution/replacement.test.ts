import { beforeEach, describe, expect, it } from 'vitest';
import { observeProject } from '../../../src/observe/observe-project.ts';
import { planUp } from '../../../src/plan/plan-up.ts';
import type { UpPolicy } from '../../../src/plan/up-policy.ts';
import { createHandlerRig, type HandlerRig } from '../../fakes/handler-rig.ts';
import { desire, type ProjectSketch } from '../plan/plan-laboratory.ts';

let rig: HandlerRig;

beforeEach(() => {
  rig = createHandlerRig();
});

/** Plans and executes; gives the outcome of every node by its id. */
async function up(project: ProjectSketch, policy: UpPolicy = {}): Promise<ReadonlyMap<string, string>> {
  const desired = desire(project);
  const observed = await observeProject(rig.engine, desired, rig.clock);
  const { nodes } = await rig.execute(planUp(desired, observed, policy).plan.nodes);
  return new Map([...nodes].map(([id, { outcome }]) => [id, outcome]));
}

/** Name and state of every container, with what tells old from new. */
async function containers(): Promise<readonly string[]> {
  const rows = await rig.engine.containers.list({ all: true });
  const inspects = await Promise.all(rows.map(({ Id: id }) => rig.engine.containers.inspect(id)));
  return inspects.map(({ Name: name, State: state, Config: config }) => {
    return `${name.slice(1)} ${(config.Env ?? []).join(' ')} ${state.Status}`;
  });
}

function project(version: string, more: ProjectSketch['services'] = {}): ProjectSketch {
  return { services: { web: { environment: { V: version } }, ...more } };
}

/** Containers of that version exit at once. */
function breakVersion(version: string): void {
  rig.engine.control.onStart(({ id, config }) => {
    if (config.Env?.includes(`V=${version}`) === true) rig.engine.control.exit(id, 3);
  });
}

describe('the replacement of a container', () => {
  it('keeps the old one until the new one has run for a moment', async () => {
    await up(project('1'));
    const outcomes = await up(project('2'));
    expect(await containers()).toEqual(['shop-web-1 V=2 running']);
    expect(outcomes.get('discard container:web:1')).toBe('skipped');
    expect(outcomes.get('restore container:web:1')).toBe('skipped');
    const deeds = rig.engine.control.writes().slice(-5);
    expect(deeds.map((text) => text.replaceAll(/[0-9a-f]{12,}_?/g, ''))).toEqual([
      'containers.create shop-web-1',
      'containers.stop shop-web-1',
      'containers.start shop-web-1',
      'containers.remove shop-web-1',
      'containers.rename shop-web-1',
    ]);
  });

  it('that exits at once is taken back, and the old one runs again', async () => {
    await up(project('1'));
    breakVersion('2');
    const outcomes = await up(project('2'));
    expect(outcomes.get('wait container:web:1 running-or-completed')).toBe('failed');
    expect(await containers()).toEqual(['shop-web-1 V=1 running']);
    expect(await up(project('1'))).toEqual(new Map());
  });

  it('that cannot be started is taken back', async () => {
    await up(project('1'));
    rig.engine.control.fail((call) => call.name === 'containers.start', new Error('no such program'));
    await up(project('2'));
    expect(await containers()).toEqual(['shop-web-1 V=1 running']);
  });

  it('is taken back without a start if the old one did not run', async () => {
    await up(project('1'));
    rig.engine.control.exit('shop-web-1', 0);
    rig.engine.control.fail((call) => call.name === 'containers.start', new Error('no such program'));
    await up(project('2'));
    expect(await containers()).toEqual(['shop-web-1 V=1 exited']);
  });

  it('that cannot even be created leaves the old one running', async () => {
    await up(project('1'));
    rig.engine.control.fail((call) => call.name === 'containers.create', new Error('no space left'));
    await up(project('2'));
    expect(await containers()).toEqual(['shop-web-1 V=1 running']);
  });

  it('brings dependents with restart: true back too', async () => {
    const api = {
      depends_on: { web: { condition: 'service_healthy', required: true, restart: true } },
      environment: { API: '1' },
    } as const;
    const healthy = (version: string): ProjectSketch => ({
      services: { web: { environment: { V: version }, healthcheck: { test: ['CMD', 'true'] } }, api },
    });
    rig.engine.control.onExec(() => ({ exitCode: 0 }));
    await up(healthy('1'));
    breakVersion('2');
    const outcomes = await up(healthy('2'));
    expect(outcomes.get('start container:api:1')).toBe('blocked');
    expect((await containers()).toSorted()).toEqual(['shop-api-1 API=1 running', 'shop-web-1 V=1 running']);
  });

  it('waits with the stop of the old one until what the new one depends on is ready', async () => {
    const dependent = (version: string): ProjectSketch => ({
      services: {
        db: { environment: { V: version } },
        web: {
          environment: { W: version },
          depends_on: { db: { condition: 'service_completed_successfully', required: true } },
        },
      },
    });
    rig.engine.control.onStart(({ id, config }) => {
      if (config.Env?.includes('V=1') === true) rig.engine.control.exit(id, 0);
      if (config.Env?.includes('V=2') === true) rig.engine.control.exit(id, 5);
    });
    await up(dependent('1'));
    const outcomes = await up(dependent('2'));
    expect(outcomes.get('stop container:web:1')).toBe('blocked');
    expect((await containers()).find((text) => text.includes('web'))).toBe('shop-web-1 W=1 running');
    expect(await containers()).toHaveLength(2);
  });
});
