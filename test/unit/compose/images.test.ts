import { expect, test } from 'vitest';
import { images } from '../../../src/compose/images.ts';
import { engineWith } from './project-engine.ts';

test('images are listed for every container, stopped ones and one-offs too, and read once each', async () => {
  const engine = await engineWith(
    { service: 'web' },
    { service: 'web', number: 2 },
    { service: 'job', image: 'other:2', state: 'exited' },
    { service: 'web', oneOff: true },
  );
  engine.control.forgetCalls();
  const rows = await images({ engine }, 'p');
  expect(rows.map(({ container, repository, tag }) => [container, repository, tag])).toEqual([
    ['p-job-1', 'other', '2'],
    ['p-web-1', 'app', '1'],
    ['p-web-2', 'app', '1'],
    ['p-web-run-1', 'app', '1'],
  ]);
  expect(engine.control.reads().filter((read) => read.startsWith('images.inspect'))).toHaveLength(2);
  expect((await images({ engine }, 'p', { services: ['job'] })).map(({ container }) => container)).toEqual(['p-job-1']);
});

test('an image that was removed is listed from what its container says', async () => {
  const engine = await engineWith({ service: 'web', state: 'exited' });
  await engine.images.remove('app:1', { force: true });
  const [row] = await images({ engine }, 'p');
  expect(row).toMatchObject({ container: 'p-web-1', platform: '', size: 0, created: undefined });
  expect(row?.id).toMatch(/^sha256:/);
});
