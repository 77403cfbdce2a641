import { expect, test } from 'vitest';
import { desire } from '../plan/plan-laboratory.ts';

test('hooks in a container are requests to execute something', () => {
  const [service] = desire({
    services: {
      web: {
        post_start: [{ command: ['a', 'b'] }],
        pre_stop: [
          {
            command: ['c'],
            user: '1000',
            privileged: true,
            working_dir: '/tmp',
            environment: { X: '1', INHERITED: null },
          },
        ],
      },
    },
  }).services;
  expect(service?.hooks.postStart).toEqual([{ Cmd: ['a', 'b'] }]);
  expect(service?.hooks.preStop).toEqual([
    { Cmd: ['c'], User: '1000', Privileged: true, WorkingDir: '/tmp', Env: ['X=1', 'INHERITED'] },
  ]);
});

test('a hook before the start has a container of its own, with networks and environment of the service', () => {
  const [service] = desire({
    services: {
      web: {
        environment: { A: '1', B: '2' },
        entrypoint: ['serve'],
        platform: 'linux/amd64',
        pre_start: [
          { command: ['migrate'], environment: { B: '3' } },
          { command: ['x'], image: 'tool' },
        ],
      },
    },
  }).services;
  expect(service?.hooks.preStart[0]).toEqual({
    image: 'busybox',
    platform: 'linux/amd64',
    networks: ['shop_default'],
    request: {
      Image: 'busybox',
      Cmd: ['migrate'],
      Env: ['A=1', 'B=3'],
      Labels: {
        'com.docker.compose.project': 'shop',
        'com.docker.compose.service': 'web',
        'com.docker.compose.version': '0.1.0',
        'com.docker.compose.hook': 'pre_start',
      },
      HostConfig: { NetworkMode: 'shop_default' },
    },
  });
  expect(service?.hooks.preStart[1]?.image).toBe('tool');
});
