import { expect, test } from 'vitest';
import { laboratory, type ProjectSketch } from './plan-laboratory.ts';

const project: ProjectSketch = {
  services: {
    web: {
      annotations: { a: 'b' },
      healthcheck: { test: ['CMD', 'true'], start_period: '1s', start_interval: '1s' },
      networks: {
        default: { interface_name: 'eth9', mac_address: '02:42:ac:11:65:43' },
        side: { gw_priority: 1, mac_address: '02:42:ac:11:65:44' },
      },
      volumes: [
        { type: 'image', source: 'busybox', target: '/i' },
        { type: 'volume', source: 'data', target: '/d', volume: { subpath: 'x' } },
        { type: 'bind', source: '/', target: '/b', read_only: true, bind: { recursive: 'readonly' } },
        { type: 'cluster', source: 'data', target: '/c' },
      ],
    },
  },
  networks: { side: { enable_ipv4: false } },
  volumes: { data: {} },
};

async function refusals(apiVersion: string): Promise<readonly string[]> {
  const { diagnostics } = await laboratory({ images: ['busybox'], apiVersion }).plan(project);
  return diagnostics.map(({ path = '', message }) => `${path}: ${message}`);
}

test('an engine that is new enough is asked for everything', async () => {
  expect(await refusals('1.51')).toEqual([]);
});

test('what an engine is too old for is refused by name, place and both versions', async () => {
  expect(await refusals('1.48')).toEqual([
    'services.web.networks.default.interface_name: service "web": networks.default.interface_name requires Docker Engine v28.1 or later (API 1.49); this engine speaks API 1.48',
  ]);
  const old = await refusals('1.41');
  expect(old.map((text) => text.slice(0, text.indexOf(': ')))).toEqual([
    'services.web.annotations',
    'services.web.healthcheck.start_interval',
    'services.web.networks.default.interface_name',
    'services.web.networks.side.gw_priority',
    'services.web.networks.side.mac_address',
    'services.web.volumes.0',
    'services.web.volumes.1.volume.subpath',
    'services.web.volumes.2.bind.recursive',
    'services.web.volumes.3',
    'networks.side.enable_ipv4',
  ]);
  expect(old).toContain(
    'services.web.volumes.0: service "web": volume with type=image requires Docker Engine v28 or later (API 1.48); this engine speaks API 1.41',
  );
});

test('what speaks to other targets is told of once and refuses nothing', async () => {
  const { plan, diagnostics } = await laboratory().plan({
    services: {
      web: {
        credential_spec: { file: 'x' },
        ports: [{ target: 80, mode: 'host', name: 'web', app_protocol: 'http' }],
        deploy: {
          mode: 'replicated',
          labels: { a: 'b' },
          placement: { constraints: ['node.role==worker'] },
          resources: { reservations: { cpus: 1 } },
          restart_policy: { condition: 'any', window: '1s' },
        },
      },
      db: { deploy: { replicas: 1, placement: {}, resources: {} } },
    },
    configs: { page: { content: 'x', labels: { a: 'b' } } },
  });
  expect(diagnostics).toEqual([]);
  expect(plan.notices).toEqual([
    {
      kind: 'warning',
      text: 'without effect on an engine, as they speak to other targets such as Swarm: services.web.credential_spec, services.web.deploy.mode, services.web.deploy.labels, services.web.deploy.placement, services.web.deploy.resources.reservations.cpus, services.web.deploy.restart_policy.window, services.web.ports.0.mode, services.web.ports.0.name, services.web.ports.0.app_protocol, configs.page.labels',
    },
  ]);
});
