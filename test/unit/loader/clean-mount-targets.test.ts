import { expect, it } from 'vitest';
import { cleanMountTargets } from '../../../src/loader/clean-mount-targets.ts';
import { plain, tree } from '../../fakes/document-tree.ts';
import { serviceOf } from '../../fakes/load-compose.ts';

it('is left out where nothing is normalised', async () => {
  const text = 'services: {a: {image: x, volumes: [{type: tmpfs, target: /t/}]}}';
  const targets = async (normalize: boolean) =>
    (await serviceOf(text, { request: { normalize } })).volumes?.[0]?.target;
  expect([await targets(true), await targets(false)]).toEqual(['/t', '/t/']);
});

it('cleans targets and nothing else', () => {
  const text = 'services: {a: {volumes: [{source: ./x/, target: /d//e/}, {target: rel/}], tmpfs: [/t/]}}';
  expect(plain(cleanMountTargets(tree(text)))).toEqual({
    services: { a: { volumes: [{ source: './x/', target: '/d/e' }, { target: 'rel' }], tmpfs: ['/t/'] } },
  });
});
