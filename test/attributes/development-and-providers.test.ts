import { describe } from 'vitest';
import { itReads, itRefuses } from '../fakes/attribute-tables.ts';

describe('develop', () => {
  itReads([
    ['develop: ', {}],
    ['develop: {}', { develop: {} }],
    [
      'develop: {watch: [{path: ./src, action: sync, target: /app, ignore: x/, include: ["*.go"], initial_sync: true}]}',
      {
        develop: {
          watch: [
            {
              path: '/code/proj/src',
              action: 'sync',
              target: '/app',
              exec: { command: null },
              include: ['*.go'],
              ignore: ['x/'],
              initial_sync: true,
            },
          ],
        },
      },
    ],
    [
      'develop: {watch: [{path: ., action: sync+exec, target: /a, exec: {command: make all}}]}',
      {
        develop: {
          watch: [{ path: '/code/proj', action: 'sync+exec', target: '/a', exec: { command: ['make', 'all'] } }],
        },
      },
    ],
  ]);
  itRefuses([
    ['develop: {watch: [{action: rebuild}]}', "19 services.a.develop.watch.0 missing property 'path'"],
    ['develop: {watch: [{path: ., action: dance}]}', expectedActions()],
  ]);
});

function expectedActions(): string {
  const words = ['rebuild', 'sync', 'restart', 'sync+restart', 'sync+exec'].map((word) => `'${word}'`).join(', ');
  return `37 services.a.develop.watch.0.action value must be one of ${words}, but is the text 'dance'`;
}

describe('models', () => {
  itReads([
    ['models: [m]', { models: { m: null } }, 'models: {m: {model: ai/x}}'],
    [
      'models: {m: {endpoint_var: E, model_var: V}}',
      { models: { m: { endpoint_var: 'E', model_var: 'V' } } },
      'models: {m: {model: ai/x}}',
    ],
  ]);
});

describe('provider', () => {
  itReads(
    [
      ['provider: {type: cloud}', { provider: { type: 'cloud' } }],
      [
        'provider: {type: cloud, options: {list: [a, b, 1.5], n: 1.5, flag: true, empty: ""}}',
        { provider: { type: 'cloud', options: { empty: [''], flag: ['true'], list: ['a', 'b', '1.5'], n: ['1.5'] } } },
      ],
    ],
    {},
  );
  itRefuses([['provider: {options: {a: b}}', "1 services.a.provider missing property 'type'"]]);
});
