import { expect, test } from 'vitest';
import { projectGraph } from '../../../src/compose/project-graph.ts';
import type { Project } from '../../../src/project/project.ts';
import type { Service } from '../../../src/project/service.ts';

function projectOf(dependencies: Readonly<Record<string, readonly string[]>>): Project {
  const services = Object.entries(dependencies).map(([name, needs]): [string, Service] => [
    name,
    {
      command: null,
      entrypoint: null,
      depends_on: Object.fromEntries(needs.map((need) => [need, { condition: 'service_started', required: true }])),
    },
  ]);
  return {
    name: 'p',
    services: Object.fromEntries(services),
    networks: {},
    volumes: {},
    configs: {},
    secrets: {},
    models: {},
    extensions: {},
    origin: {
      workingDirectory: '/p',
      configFiles: [],
      environmentFiles: [],
      environment: {},
      disabledServices: {},
      enabledServices: [],
      profiles: [],
    },
  };
}

test('the critical path is the longest chain, first to start first', () => {
  const graph = projectGraph(projectOf({ web: ['auth', 'cache'], auth: ['db'], cache: [], db: [] }));
  expect(graph.criticalPath).toEqual(['db', 'auth', 'web']);
});

test('an edge to a service that is not enabled is not drawn', () => {
  const graph = projectGraph(projectOf({ web: ['debugger'] }));
  expect(graph.services).toEqual([{ name: 'web', dependencies: [] }]);
});
