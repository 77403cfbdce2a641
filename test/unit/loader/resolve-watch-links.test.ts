import { expect, it } from 'vitest';
import { serviceOf } from '../../fakes/load-compose.ts';

const text =
  'services: {a: {image: x, develop: {watch: [{path: link/src, action: rebuild}, {path: plain, action: rebuild}]}}}';

it('replaces the first symbolic link of a path to watch', async () => {
  const links = { '/work/proj/link': '/elsewhere/real' };
  const { develop } = await serviceOf(text, { links });
  expect(develop).toMatchObject({ watch: [{ path: '/elsewhere/real/src' }, { path: '/work/proj/plain' }] });
});

it('leaves paths without links alone', async () => {
  const { develop } = await serviceOf(text);
  expect(develop).toMatchObject({ watch: [{ path: '/work/proj/link/src' }, { path: '/work/proj/plain' }] });
});
