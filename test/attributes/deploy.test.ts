import { describe } from 'vitest';
import { itReads, itRefuses } from '../fakes/attribute-tables.ts';

const always = { resources: {}, placement: {} };

describe('deploy', () => {
  itReads([
    ['deploy: ', {}],
    ['deploy: {}', { deploy: always }],
    [
      'deploy: {mode: replicated, replicas: "2", endpoint_mode: vip}',
      { deploy: { ...always, mode: 'replicated', replicas: 2, endpoint_mode: 'vip' } },
    ],
    ['deploy: {replicas: 0}', { deploy: { ...always, replicas: 0 } }],
    ['deploy: {labels: [a=1, b]}', { deploy: { ...always, labels: { a: '1', b: '' } } }],
    [
      'deploy: {resources: {limits: {cpus: "0.50", memory: 512M, pids: 100}, reservations: {cpus: "0.25", memory: 64m}}}',
      {
        deploy: {
          ...always,
          resources: {
            limits: { cpus: 0.5, memory: '536870912', pids: 100 },
            reservations: { cpus: 0.25, memory: '67108864' },
          },
        },
      },
    ],
    [
      'deploy: {resources: {reservations: {devices: [{capabilities: [gpu]}, {capabilities: [tpu], count: 2}], generic_resources: [{discrete_resource_spec: {kind: k, value: 0}}]}}}',
      {
        deploy: {
          ...always,
          resources: {
            reservations: {
              devices: [
                { capabilities: ['gpu'], count: -1 },
                { capabilities: ['tpu'], count: 2 },
              ],
              generic_resources: [{ discrete_resource_spec: { kind: 'k', value: 0 } }],
            },
          },
        },
      },
    ],
    [
      'deploy: {restart_policy: {condition: on-failure, delay: 5s, max_attempts: 0, window: 0s}}',
      {
        deploy: { ...always, restart_policy: { condition: 'on-failure', delay: '5s', max_attempts: 0, window: '0s' } },
      },
    ],
    [
      'deploy: {update_config: {parallelism: 0, delay: 0s, monitor: 90s, max_failure_ratio: 0.1, order: start-first, failure_action: pause}, rollback_config: {parallelism: "2"}}',
      {
        deploy: {
          ...always,
          update_config: {
            parallelism: 0,
            monitor: '1m30s',
            max_failure_ratio: 0.1,
            order: 'start-first',
            failure_action: 'pause',
          },
          rollback_config: { parallelism: 2 },
        },
      },
    ],
    [
      'deploy: {placement: {constraints: [c], preferences: [{spread: s}], max_replicas_per_node: 2}}',
      {
        deploy: {
          ...always,
          placement: { constraints: ['c'], preferences: [{ spread: 's' }], max_replicas_per_node: 2 },
        },
      },
    ],
  ]);
  itRefuses([
    ['deploy: {replicas: 1.5}', '20 services.a.deploy.replicas must be an integer or string, but is the number 1.5'],
    [
      'deploy: {resources: {limits: {memory: 1024}}}',
      '39 services.a.deploy.resources.limits.memory must be a string, but is the number 1024',
    ],
    [
      'deploy: {resources: {limits: {memory: 5q}}}',
      "39 services.a.deploy.resources.limits.memory: invalid suffix: 'q'",
    ],
    [
      'deploy: {resources: {limits: {cpus: half}}}',
      '37 services.a.deploy.resources.limits.cpus: parsing "half": invalid syntax, expected a number',
    ],
    [
      'deploy: {restart_policy: {delay: "10"}}',
      '34 services.a.deploy.restart_policy.delay: missing unit in duration "10"',
    ],
    ['deploy: {replica: 1}', "10 services.a.deploy additional properties 'replica' not allowed"],
  ]);
});

describe('scale', () => {
  itReads([
    ['scale: 0', { scale: 0 }],
    ['scale: "3", deploy: {}', { scale: 3, deploy: { ...always, replicas: 3 } }],
  ]);
});
