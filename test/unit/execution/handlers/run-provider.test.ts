import { expect, test } from 'vitest';
import { ModelRunnerError } from '../../../../src/engine/model-runner.ts';
import { ProviderError, type ProviderMessage, type ProviderRequest } from '../../../../src/engine/provider.ts';
import { type ExecutionPorts, executePlan } from '../../../../src/execution/execute-plan.ts';
import { createMemoryEngine } from '../../../../src/memory-engine/create-memory-engine.ts';
import type { PlanNode } from '../../../../src/plan/plan.ts';
import { createManualClock } from '../../../fakes/manual-clock.ts';
import { create, planOf } from '../../../fakes/plan-nodes.ts';

const engine = createMemoryEngine({ images: ['busybox'] });

async function execute(nodes: readonly PlanNode[], more: Partial<ExecutionPorts>) {
  const ports = { engine, clock: createManualClock(), sink: () => undefined, ...more };
  return executePlan(planOf(nodes), ports, { signal: new AbortController().signal });
}

const run = { service: 'db', type: 'cloud', options: { size: ['1'] }, environment: { A: 'b' } };

function provide(previous?: Readonly<Record<string, string>>): PlanNode {
  const operation = { kind: 'provide-service', ...run, previous } as const;
  return { id: 'provide service:db', address: 'service:db', operation, needs: [], cause: 'provided by cloud' };
}

function providers(messages: readonly ProviderMessage[], requests: ProviderRequest[] = []): Partial<ExecutionPorts> {
  return {
    providers: {
      run: async function* (request) {
        requests.push(request);
        yield* await Promise.resolve(messages);
      },
    },
  };
}

const url = { kind: 'variable', name: 'URL', value: 'there', verbatim: false } as const;
const raw = { kind: 'variable', name: 'RAW', value: '1', verbatim: true } as const;

test('variables of a provider reach the containers that are made after it, over those of the file', async () => {
  const requests: ProviderRequest[] = [];
  const web = create('web', ['provide service:db'], { Env: ['A=b', 'DB_URL=mine'] });
  if (web.operation.kind !== 'create-container') throw new Error('no creation');
  const nodes = [provide(), { ...web, operation: { ...web.operation, providers: ['db'] } }];
  const { outcomes } = await execute(nodes, providers([url, raw], requests));
  expect(outcomes.done).toBe(2);
  expect(requests).toEqual([{ project: 'shop', action: 'up', ...run }]);
  const { Config: config } = await engine.containers.inspect('shop-web-1');
  expect(config.Env?.slice(0, 3)).toEqual(['A=b', 'DB_URL=there', 'RAW=1']);
});

test.each([
  [undefined, true],
  [{ DB_URL: 'elsewhere', RAW: '1' }, true],
  [{ DB_URL: 'there', RAW: '1', MORE: 'x' }, false],
])('it has changed something if containers have other variables: %j', async (previous, changed) => {
  const { nodes } = await execute([provide(previous)], providers([url, raw]));
  expect(nodes.get('provide service:db')).toMatchObject({ outcome: 'done', changed });
});

test('its complaint is the failure, with the service and the provider', async () => {
  const failing: Partial<ExecutionPorts> = {
    providers: {
      run: () => {
        throw new ProviderError('it broke');
      },
    },
  };
  const { errors } = await execute([provide()], failing);
  expect(errors.map(({ code, message }) => [code, message])).toEqual([
    ['provider-failed', 'service "db": provider cloud: it broke'],
  ]);
  const { errors: without } = await execute([provide()], {});
  expect(without[0]?.message).toBe('service "db": provider cloud: providers cannot be run here');
});

test('a service is withdrawn by the down of its provider', async () => {
  const requests: ProviderRequest[] = [];
  const operation = { kind: 'withdraw-service', ...run } as const;
  const node: PlanNode = { id: 'withdraw', address: 'service:db', operation, needs: [], cause: 'down' };
  const { changed } = await execute([node], providers([], requests));
  expect([changed, requests[0]?.action]).toEqual([true, 'down']);
});

test('a missing model is fetched, and every one is set up', async () => {
  const calls: unknown[] = [];
  const models = {
    endpoint: () => Promise.resolve(''),
    available: () => Promise.resolve([]),
    pull: (model: string) => Promise.resolve(void calls.push(model)),
    configure: (settings: unknown) => Promise.resolve(void calls.push(settings)),
  };
  const operation = { kind: 'provide-model', key: 'small', name: 'small', model: 'ai/small', missing: true } as const;
  const node = (more: { readonly contextSize: number | undefined; readonly missing: boolean }): PlanNode => ({
    id: 'provide model:small',
    address: 'model:small',
    operation: { ...operation, runtimeFlags: [], ...more },
    needs: [],
    cause: '',
  });
  const first = await execute([node({ contextSize: 8, missing: true })], { models });
  const second = await execute([node({ contextSize: undefined, missing: false })], { models });
  expect([first.changed, second.changed]).toEqual([true, false]);
  expect(calls).toEqual([
    'ai/small',
    { model: 'ai/small', runtimeFlags: [], contextSize: 8 },
    { model: 'ai/small', runtimeFlags: [] },
  ]);
  const failing = { ...models, configure: () => Promise.reject(new ModelRunnerError('no room')) };
  const { errors } = await execute([node({ contextSize: undefined, missing: false })], { models: failing });
  expect(errors[0]?.message).toBe('model "small" (ai/small): no room');
});
