import { expect, test } from 'vitest';
import { checkRunnable } from '../../../src/state/check-runnable.ts';
import { projectOf } from './project-of.ts';

test('a project of supported attributes has nothing to refuse', () => {
  const project = projectOf({
    services: {
      web: {
        develop: { watch: [] },
        deploy: { replicas: 2, resources: {}, placement: { constraints: ['node.role==manager'] } },
        volumes_from: ['container:old:ro'],
        gpus: [{ count: -1 }],
      },
    },
  });
  expect(checkRunnable(project)).toEqual([]);
});

test('a project with nothing to start is refused, and the profiles that would give it something are named', () => {
  const words = (project: Parameters<typeof checkRunnable>[0]): readonly unknown[] =>
    checkRunnable(project).map(({ code, message, hint }) => [code, message, hint]);
  expect(words(projectOf({ services: {} }))).toEqual([['no-service-selected', 'no service selected', undefined]]);
  const service = (profile: string) => ({ command: null, entrypoint: null, profiles: [profile] });
  const origin = { disabledServices: { web: service('site'), db: service('data'), api: service('site') } };
  expect(words(projectOf({ services: {}, origin }))).toEqual([
    ['no-service-selected', 'no service selected', 'activate a profile with --profile: data, site'],
  ]);
});

test('a file with content of its own is refused in a read-only service, unless a volume takes it', () => {
  const project = projectOf({
    services: {
      web: {
        read_only: true,
        configs: [{ source: 'page' }, { source: 'page', target: '/data/page' }, { source: 'disk' }],
        volumes: [{ type: 'volume', source: 'data', target: '/data' }],
      },
    },
    volumes: { data: {} },
    configs: { page: { content: 'x' }, disk: { file: '/home/me/disk' } },
  });
  expect(checkRunnable(project).map(({ code, path, message }) => [code, path, message])).toEqual([
    ['file-in-read-only', 'services.web.configs.0', 'service "web" is read_only, so /page cannot be copied into it'],
  ]);
});

test('every attribute that would be ignored is refused by name, all at once', () => {
  const project = projectOf({
    services: {
      built: {},
      web: {
        pre_start: [{ command: ['true'], per_replica: true }],
        uts: 'service:db',
        secrets: [{ source: 'vault' }],
      },
    },
    secrets: { vault: { external: true } },
  });
  const extensions = { 'x-topsail': { ready: { tcp: 80 }, env: { PORT: 'port:db:5432' }, job: 'once' } };
  const built = {
    image: 'app',
    build: { context: '/src' },
    pull_policy: 'build',
    command: null,
    entrypoint: null,
    extensions,
  };
  const found = checkRunnable({ ...project, services: { ...project.services, built } });
  expect(found.map(({ path, message }) => `${path}: ${message}`)).toEqual([
    'services.web.pre_start: service "web": pre_start is not supported: hooks run once for a service, not for each replica',
    'services.web.uts: service "web": uts is not supported: engines share host names only with the machine',
    'services.web.secrets.0: service "web": secrets is not supported: unsupported external secret vault, which only a swarm has',
  ]);
});

test('contradictions that only a start runs into are found before it', () => {
  const project = projectOf({
    services: {
      web: {
        container_name: 'one',
        scale: 2,
        healthcheck: { test: ['CMD', 'true'], start_interval: '1s' },
        mac_address: '02:42:ac:11:65:43',
        networks: { default: { mac_address: '02:42:ac:11:65:44' } },
        secrets: [{ source: 'token' }],
      },
    },
    secrets: { token: { environment: 'TOKEN' } },
  });
  expect(checkRunnable(project).map(({ code, path }) => `${code} ${path}`)).toEqual([
    'file-variable-unset services.web.secrets.0',
    'container-name-scaled services.web.container_name',
    'start-interval-alone services.web.healthcheck.start_interval',
    'mac-address-conflict services.web.mac_address',
  ]);
});
