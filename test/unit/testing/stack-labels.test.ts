import { expect, it } from 'vitest';
import { copyProject } from '../../../src/state/copy-project.ts';
import { stackLabels } from '../../../src/testing/stack-labels.ts';
import { projectOf } from '../../fakes/load-compose.ts';

it('marks what is made beside a copy as a part of that copy, so that it is not taken for another project', async () => {
  const project = await projectOf('services: {web: {image: app}}');
  const copy = copyProject(project, { name: 'review', leased: true });
  expect(stackLabels(copy)).toEqual({
    'com.docker.compose.project': copy.name,
    'dev.topsail.instance': 'review',
    'dev.topsail.instance.of': project.name,
    'dev.topsail.leased': 'true',
  });
});
