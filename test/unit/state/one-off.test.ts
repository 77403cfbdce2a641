import { describe, expect, test } from 'vitest';
import type { Service } from '../../../src/project/service.ts';
import { desiredState } from '../../../src/state/derive-desired-state.ts';
import type { DesiredService } from '../../../src/state/desired-state.ts';
import { type OneOffOverrides, withOneOff, withOneOffService } from '../../../src/state/one-off.ts';
import { projectOf, type ServiceSketch } from './project-of.ts';

const slug = '0123456789abcdef'.repeat(4);

function overridden(sketch: ServiceSketch, overrides: OneOffOverrides): Service | undefined {
  return withOneOffService(projectOf({ services: { web: sketch } }), 'web', overrides).services['web'];
}

function desired(sketch: ServiceSketch, identity: Parameters<typeof withOneOff>[1]): DesiredService | undefined {
  const state = desiredState(projectOf({ services: { web: sketch } }), { toolVersion: '0.1.0' });
  return withOneOff(state, identity).services[0];
}

describe('withOneOffService', () => {
  test('restarts, replicas, name and ports of the service do not count', () => {
    const service = overridden(
      {
        restart: 'always',
        scale: 3,
        container_name: 'mine',
        ports: [{ target: 80, protocol: 'tcp' }],
        deploy: { replicas: 3, restart_policy: { condition: 'any' }, resources: {}, placement: {} },
      },
      {},
    );
    expect(service).not.toHaveProperty('restart');
    expect(service).not.toHaveProperty('scale');
    expect(service).not.toHaveProperty('container_name');
    expect(service).not.toHaveProperty('ports');
    expect(service?.deploy).toEqual({ resources: {}, placement: {} });
    expect(service).toMatchObject({ tty: false, stdin_open: false });
  });

  test('ports come from the service or from the caller', () => {
    const ports = [{ target: 80, protocol: 'tcp' }];
    expect(overridden({ ports }, { ports: 'service' })?.ports).toEqual(ports);
    expect(overridden({ ports }, { ports: [{ target: 81 }] })?.ports).toEqual([{ target: 81 }]);
  });

  test('a new entrypoint drops the command unless there is a new one', () => {
    const sketch = { entrypoint: ['old'], command: ['old'] };
    expect(overridden(sketch, {})).toMatchObject(sketch);
    expect(overridden(sketch, { command: ['new'] })).toMatchObject({ entrypoint: ['old'], command: ['new'] });
    expect(overridden(sketch, { entrypoint: ['new'] })).toMatchObject({ entrypoint: ['new'], command: [] });
    expect(overridden(sketch, { entrypoint: ['new'], command: ['x'] })).toMatchObject({ command: ['x'] });
  });

  test('variables and labels are laid over, volumes added, capabilities moved', () => {
    const volume = { type: 'volume', target: '/v' };
    const service = overridden(
      {
        environment: { A: 'a', B: 'b' },
        labels: { l: '1' },
        volumes: [volume],
        cap_add: ['NET_RAW', 'CAP_SYS_TIME'],
        cap_drop: ['ALL', 'net_admin'],
      },
      {
        environment: { B: 'c' },
        labels: { m: '2' },
        volumes: [{ type: 'volume', target: '/w' }],
        addedCapabilities: ['CAP_NET_ADMIN'],
        droppedCapabilities: ['sys_time'],
        user: 'me',
        workingDirectory: '/d',
        terminal: true,
        input: true,
      },
    );
    expect(service).toMatchObject({
      environment: { A: 'a', B: 'c' },
      labels: { l: '1', m: '2' },
      volumes: [volume, { type: 'volume', target: '/w' }],
      cap_add: ['NET_RAW', 'CAP_NET_ADMIN'],
      cap_drop: ['ALL', 'sys_time'],
      user: 'me',
      working_dir: '/d',
      tty: true,
      stdin_open: true,
    });
  });
});

describe('withOneOff', () => {
  test('has labels and a name of its own, and no names of the service', () => {
    const service = desired({ networks: { default: { aliases: ['al'] } } }, { service: 'web', slug });
    expect(service).toMatchObject({ oneOff: true, scale: 1, containerName: 'shop-web-run-0123456789ab' });
    expect(service?.template.Labels).toMatchObject({
      'com.docker.compose.oneoff': 'True',
      'com.docker.compose.slug': slug,
    });
    expect(service?.template.HostConfig).not.toHaveProperty('AutoRemove');
    expect(service?.endpoints[0]?.request).not.toHaveProperty('Aliases');
  });

  test('keeps names, is removed and has an input if asked', () => {
    const identity = { service: 'web', slug, name: 'mine', useAliases: true, autoRemove: true, input: true };
    const service = desired({ networks: { default: { aliases: ['al'] } } }, identity);
    expect(service?.containerName).toBe('mine');
    expect(service?.endpoints[0]?.request.Aliases).toEqual(expect.arrayContaining(['web', 'al']));
    expect(service?.template).toMatchObject({ AttachStdin: true, StdinOnce: true, HostConfig: { AutoRemove: true } });
  });
});
