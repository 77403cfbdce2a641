import { expect, it } from 'vitest';
import { cleanMountTargets } from '../../../src/loader/clean-mount-targets.ts';
import { plain, tree } from '../../fakes/document-tree.ts';

it('cleans targets and nothing else', () => {
  const text = 'services: {a: {volumes: [{source: ./x/, target: /d//e/}, {target: rel/}], tmpfs: [/t/]}}';
  expect(plain(cleanMountTargets(tree(text)))).toEqual({
    services: { a: { volumes: [{ source: './x/', target: '/d/e' }, { target: 'rel' }], tmpfs: ['/t/'] } },
  });
});
