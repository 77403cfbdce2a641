import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { didYouMean } from '../../../src/diagnostics/did-you-mean.ts';

describe('didYouMean', () => {
  it.each([
    ['imgae', 'image'],
    ['volume', 'volumes'],
    ['enviroment', 'environment'],
    ['start-period', 'start_period'],
    ['Image', 'image'],
    ['dependson', 'depends_on'],
  ])('takes %s for %s', (word, meant) => {
    expect(didYouMean(word, ['image', 'volumes', 'environment', 'start_period', 'depends_on'])).toBe(meant);
  });

  it('stays silent for words that are far away, and for short words that share nothing', () => {
    expect(didYouMean('bogus', ['image', 'ports'])).toBeUndefined();
    expect(didYouMean('a', ['db', 'b'])).toBeUndefined();
    expect(didYouMean('x'.repeat(100_000), ['image'])).toBeUndefined();
  });

  it('prefers the nearest candidate, then the first', () => {
    expect(didYouMean('post', ['posts', 'port'])).toBe('posts');
    expect(didYouMean('ports1', ['ports', 'ports12'])).toBe('ports');
  });

  it('finds every candidate that is one edit away', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{4,12}$/), fc.nat(), (word, position) => {
        const at = position % word.length;
        const dropped = word.slice(0, at) + word.slice(at + 1);
        expect(didYouMean(dropped, [word])).toBe(word);
      }),
    );
  });
});
