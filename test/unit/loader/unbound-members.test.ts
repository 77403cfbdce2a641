import { expect, test } from 'vitest';
import { projectOf } from '../../fakes/load-compose.ts';

test('options of address management and refresh intervals are kept beside the model, which has none', async () => {
  const project = await projectOf({
    'compose.yaml': `
services:
  a: {image: x, pull_refresh_after: 1h, label_file: [l], networks: [n, m]}
  b: {image: x}
networks:
  n: {ipam: {options: {text: b, other: c}}}
  m: {ipam: {}}
`,
    l: 'from=file',
  });
  expect(project.networks['n']).toEqual({ name: 'proj_n', ipam: {} });
  expect(project.services['a']).not.toHaveProperty('pull_refresh_after');
  expect(project.origin).toMatchObject({
    addressOptions: { n: { text: 'b', other: 'c' } },
    refreshedServices: ['a'],
    labelFiles: { a: ['/code/proj/l'] },
  });
});
