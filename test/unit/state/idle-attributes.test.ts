import { expect, test } from 'vitest';
import { desiredState } from '../../../src/state/derive-desired-state.ts';
import { idleAttributes } from '../../../src/state/idle-attributes.ts';
import { projectOf } from './project-of.ts';

const bound = { type: 'bind', source: '/s', target: '/t', bind: { create_host_path: true } } as const;

test('a consistency that a mount in text form loses, and a refresh interval, are told of in one warning', () => {
  const project = projectOf({
    services: {
      web: {
        volumes: [
          { ...bound, consistency: 'consistent' },
          { ...bound, consistency: 'cached' },
          { type: 'bind', source: '/s', target: '/u', consistency: 'cached' },
        ],
      },
    },
    origin: { refreshedServices: ['web'] },
  });
  const paths = ['services.web.pull_refresh_after', 'services.web.volumes.1.consistency'];
  expect(idleAttributes(project)).toEqual(paths);
  expect(desiredState(project, { toolVersion: '0.1.0' }).warnings).toEqual([
    `without effect, as no engine makes anything of them: ${paths.join(', ')}`,
  ]);
});

test('a project without any is not warned of', () => {
  expect(desiredState(projectOf({ services: { web: { volumes: [bound] } } }), { toolVersion: '0' }).warnings).toEqual(
    [],
  );
});
