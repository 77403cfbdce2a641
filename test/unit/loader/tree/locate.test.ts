import { describe, expect, it } from 'vitest';
import { locateSpan, pathSteps } from '../../../../src/loader/tree/locate.ts';
import { tree } from '../../../fakes/document-tree.ts';

it.each([
  ['services.web.ports[0].target', ['services', 'web', 'ports', '0', 'target']],
  ['services."my.web".labels."a]b"', ['services', 'my.web', 'labels', 'a]b']],
  ['a."say \\"hi\\""', ['a', 'say "hi"']],
  ['', []],
])('splits %s', (path, steps) => {
  expect(pathSteps(path)).toEqual(steps);
});

describe('locateSpan', () => {
  const root = tree('services:\n  web: {environment: [A=1, B], ports: [80, 90]}\n');
  const found = (...steps: readonly string[]): string => {
    const { source, start, end } = locateSpan(root, steps);
    return source.text.slice(start, end);
  };

  it('takes key and value of a member', () => {
    expect(found('services', 'web', 'ports')).toBe('ports: [80, 90]');
  });

  it('takes an item by its position or by its key', () => {
    expect(found('services', 'web', 'ports', '1')).toBe('90');
    expect(found('services', 'web', 'environment', 'A')).toBe('A=1');
    expect(found('services', 'web', 'environment', 'B')).toBe('B');
  });

  it('takes the nearest ancestor of what is not written', () => {
    expect(found('services', 'web', 'ports', '5')).toBe('[80, 90]');
    expect(found('services', 'web', 'ports', '0', 'target')).toBe('80');
  });
});
