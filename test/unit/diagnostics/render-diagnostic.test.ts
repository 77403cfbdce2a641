import { describe, expect, it } from 'vitest';
import { defineDiagnostic } from '../../../src/diagnostics/define-diagnostic.ts';
import { renderDiagnostic } from '../../../src/diagnostics/render-diagnostic.ts';
import type { SourceText } from '../../../src/diagnostics/source-text.ts';
import { yamlDuplicateKey } from '../../../src/diagnostics/yaml-diagnostics.ts';

const example = defineDiagnostic({
  code: 'example',
  about: 'An example.',
  write: (source: SourceText, start: number, end: number) => ({ message: 'look here', at: { source, start, end } }),
});

function rendered(text: string, start: number, end: number): readonly string[] {
  const source = { name: 'f.yaml', text };
  return renderDiagnostic(example(source, start, end), new Map([['f.yaml', source]])).split('\n');
}

describe('renderDiagnostic', () => {
  it('draws place, code, message, line, related place and hint', () => {
    const text = 'a:\n  <<: *x\n  <<: *y\n';
    const source = { name: '/p/compose.yaml', text };
    const at = (offset: number) => ({ source, start: offset, end: offset + 2 });
    const diagnostic = yamlDuplicateKey('<<', 'a', at(14), at(5), 2);
    expect(renderDiagnostic(diagnostic, new Map([[source.name, source]]))).toBe(
      [
        '/p/compose.yaml:3:3 yaml-duplicate-key mapping key "<<" already defined at line 2',
        '  3 |   <<: *y',
        '    |   ^^',
        '  /p/compose.yaml:2:3 "<<" is first defined here',
        '  2 |   <<: *x',
        '    |   ^^',
        '  hint: merge several mappings with one key: <<: [*first, *second]',
      ].join('\n'),
    );
  });

  it('marks one character where a range is empty or at the end of a line', () => {
    expect(rendered('ab\ncd\n', 2, 2)).toEqual(['f.yaml:1:3 example look here', '  1 | ab', '    |   ^']);
    expect(rendered('ab', 2, 2).at(-1)).toBe('    |   ^');
    expect(rendered('', 0, 0)).toEqual(['f.yaml:1:1 example look here', '  1 | ', '    | ^']);
  });

  it('marks a range of several lines to the end of its first', () => {
    expect(rendered('key: |\r\n  x\n', 5, 11).slice(1)).toEqual(['  1 | key: |', '    |      ^']);
  });

  it('lines the marker up below tabs and wide characters', () => {
    expect(rendered('\ta: 日本x\n', 6, 7).slice(1)).toEqual(['  1 | \ta: 日本x', '    | \t       ^']);
  });

  it('cuts a long line around the place', () => {
    const [, line, marker] = rendered(`${'x'.repeat(5000)}HERE${'y'.repeat(5000)}\n`, 5000, 5004);
    expect(line?.length).toBeLessThan(120);
    expect(line?.slice(marker?.indexOf('^'), (marker?.lastIndexOf('^') ?? 0) + 1)).toBe('HERE');
  });

  it('lets no control character of a file reach the terminal', () => {
    expect(rendered('a: \u001b[31mred\n', 0, 1).join('')).not.toContain('\u001b');
  });

  it('names a place in an unknown text without drawing it, and shows names as told', () => {
    const source = { name: '/home/me/compose.yaml', text: 'a: 1\n' };
    expect(
      renderDiagnostic(example(source, 0, 1), new Map(), { showName: (file) => file.replace('/home/me/', '') }),
    ).toBe('compose.yaml:1:1 example look here');
  });
});
