import { expect, test } from 'vitest';
import { listProjects } from '../../../src/compose/list-projects.ts';
import { engineWith } from './project-engine.ts';

const files = (paths: string) => ({ labels: { 'com.docker.compose.project.config_files': paths } });

test('projects are listed by name with their states and all their files', async () => {
  const engine = await engineWith(
    { service: 'web', project: 'shop', ...files('/a/compose.yaml') },
    { service: 'web', project: 'shop', number: 2, ...files('/a/compose.yaml,/a/more.yaml') },
    { service: 'job', project: 'shop', state: 'exited', ...files('/a/compose.yaml') },
    { service: 'web', project: 'blog', state: 'exited', ...files('/b/compose.yaml') },
  );
  expect(await listProjects({ engine })).toMatchObject([
    { name: 'shop', status: 'running(2)', configFiles: '/a/compose.yaml,/a/more.yaml' },
  ]);
  expect(await listProjects({ engine }, { all: true })).toMatchObject([
    { name: 'blog', status: 'exited(1)', configFiles: '/b/compose.yaml' },
    { name: 'shop', status: 'exited(1), running(2)', configFiles: '/a/compose.yaml,/a/more.yaml' },
  ]);
  expect((await listProjects({ engine }, { all: true, name: /^bl/ })).map(({ name }) => name)).toEqual(['blog']);
});

test('a project whose files are not known says so', async () => {
  const engine = await engineWith({ service: 'web' });
  const warnings: string[] = [];
  const rows = await listProjects({ engine }, { onWarning: (text) => warnings.push(text) });
  expect(rows).toMatchObject([{ name: 'p', status: 'running(1)', configFiles: 'N/A' }]);
  expect(warnings).toEqual([
    'no label "com.docker.compose.project.config_files" on container "p-web-1" of project "p"',
  ]);
});

test('a copy says of which project it is one, and where it is reached', async () => {
  const engine = await engineWith({
    service: 'web',
    project: 'shop-x',
    labels: { 'dev.topsail.instance': 'x', 'dev.topsail.instance.of': 'shop' },
  });
  const rows = await listProjects({ engine }, { onWarning: () => undefined });
  expect(rows).toMatchObject([{ name: 'shop-x', copy: { name: 'x', of: 'shop' }, endpoints: [] }]);
});
