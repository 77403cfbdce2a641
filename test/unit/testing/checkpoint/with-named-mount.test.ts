import { expect, it } from 'vitest';
import { withNamedMount } from '../../../../src/testing/checkpoint/with-named-mount.ts';
import { projectOf } from '../../../fakes/load-compose.ts';

it('gives a volume without a name one, in place of the mount that the file has', async () => {
  const project = await projectOf('services: {db: {image: x, volumes: [/data, /other]}, web: {image: x}}');
  const named = withNamedMount(project, { service: 'db', target: '/data' }, 'p.abc');
  expect(named.volumes['p.abc']).toEqual({ name: 'p.abc' });
  expect(named.services['db']?.volumes).toEqual([
    { type: 'volume', target: '/other', volume: {} },
    { type: 'volume', source: 'p.abc', target: '/data' },
  ]);
  expect(named.services['web']).toBe(project.services['web']);
});

it('leaves a project without the service alone', async () => {
  const project = await projectOf('services: {db: {image: x}}');
  expect(withNamedMount(project, { service: 'gone', target: '/data' }, 'n')).toBe(project);
});
