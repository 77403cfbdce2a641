import { describe, expect, it } from 'vitest';
import { removeTagged, takeMergeTags } from '../../../src/loader/apply-merge-tags.ts';
import { plain, tree } from '../../fakes/document-tree.ts';

describe('takeMergeTags', () => {
  it('drops what is reset, keeps what overrides, and tells where they stood', () => {
    const { root, tagged } = takeMergeTags(
      tree('services: {a: !override {image: x}, b: {ports: !reset [1], labels: {l: !override 2}}, c: !reset }'),
    );
    expect(plain(root)).toEqual({ services: { a: { image: 'x' }, b: { labels: { l: '2' } } } });
    expect(tagged).toEqual([
      ['services', 'a'],
      ['services', 'b', 'ports'],
      ['services', 'b', 'labels', 'l'],
      ['services', 'c'],
    ]);
  });

  it('only drops the item in a list', () => {
    expect(takeMergeTags(tree('x-a: [!reset 1, 2, {b: !reset 3}, !override 4]'))).toMatchObject({ tagged: [] });
    expect(plain(takeMergeTags(tree('x-a: [!reset 1, 2, {b: !reset 3}, !override 4]')).root)).toEqual({
      'x-a': [2, {}, '4'],
    });
  });

  it('gives a document without tags back as it is', () => {
    const root = tree('services: {a: {image: x}}');
    expect(takeMergeTags(root).root).toBe(root);
  });
});

describe('removeTagged', () => {
  it('removes what the paths lead to and ignores those that lead nowhere', () => {
    const model = tree('services: {a: {image: x, ports: [1], labels: [l]}, b: {image: y}}');
    const removed = removeTagged(model, [
      ['services', 'a', 'ports'],
      ['services', 'a', 'labels', 'l'],
      ['services', 'b'],
      ['services', 'c', 'image'],
    ]);
    expect(plain(removed)).toEqual({ services: { a: { image: 'x', labels: ['l'] } } });
  });
});
