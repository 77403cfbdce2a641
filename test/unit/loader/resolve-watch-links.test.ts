import { expect, it } from 'vitest';
import { serviceOf } from '../../fakes/load-compose.ts';

const text =
  'services: {a: {image: x, develop: {watch: [{path: link/src, action: rebuild}, {path: plain, action: rebuild}]}}}';

it('replaces the first symbolic link of a path to watch', async () => {
  const links = { '/code/proj/link': '/elsewhere/real' };
  const { develop } = await serviceOf(text, { links });
  expect(develop).toMatchObject({ watch: [{ path: '/elsewhere/real/src' }, { path: '/code/proj/plain' }] });
});

it('leaves paths without links alone', async () => {
  const { develop } = await serviceOf(text);
  expect(develop).toMatchObject({ watch: [{ path: '/code/proj/link/src' }, { path: '/code/proj/plain' }] });
});
