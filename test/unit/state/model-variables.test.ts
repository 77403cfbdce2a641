import { expect, test } from 'vitest';
import { desiredState } from '../../../src/state/derive-desired-state.ts';
import { withModelVariables } from '../../../src/state/model-variables.ts';
import { projectOf } from './project-of.ts';

const project = {
  ...projectOf({
    services: {
      app: {
        command: ['sleep', '1000'],
        stop_signal: 'SIGKILL',
        models: { 'my-small': null, big: { endpoint_var: 'U', model_var: 'M' } },
      },
      web: {},
    },
  }),
  models: {
    'my-small': { model: 'ai/small', context_size: 4096, runtime_flags: ['--temp', '0.1'] },
    big: { model: 'ai/have', name: 'large' },
    unused: { model: 'ai/other' },
  },
};
const served = { endpoint: 'http://model-runner.docker.internal/engines/v1/', available: ['ai/have'] };
const { services, models } = desiredState(withModelVariables(project, served), { toolVersion: '0', models: served });

test('services find their models by variables', () => {
  expect(services[0]?.template.Env).toEqual([
    'M=ai/have',
    'MY_SMALL_MODEL=ai/small',
    'MY_SMALL_URL=http://model-runner.docker.internal/engines/v1/',
    'U=http://model-runner.docker.internal/engines/v1/',
  ]);
  expect(services[1]?.template).not.toHaveProperty('Env');
});

test('only what services use is served, as the file wants it', () => {
  expect(models).toEqual([
    {
      key: 'my-small',
      name: 'my-small',
      model: 'ai/small',
      contextSize: 4096,
      runtimeFlags: ['--temp', '0.1'],
      missing: true,
    },
    { key: 'big', name: 'large', model: 'ai/have', contextSize: undefined, runtimeFlags: [], missing: false },
  ]);
});

test('the hash is what Docker Compose 2.40 labels the container with', () => {
  expect(services[0]?.hash).toBe('0fa0622daa2b2560bfcd856e30249522cb2684e1fdb12ca342fce93cf0e5cdef');
});
