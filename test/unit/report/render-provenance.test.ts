import { describe, expect, it } from 'vitest';
import type { SourceRange } from '../../../src/diagnostics/source-range.ts';
import type { ExplainedValue, ValueOrigin } from '../../../src/loader/provenance.ts';
import { createPainter } from '../../../src/report/painter.ts';
import { renderProvenance } from '../../../src/report/render-provenance.ts';

function at(line: number): SourceRange {
  return { file: 'f.yaml', start: { line, column: 3, offset: 0 }, end: { line, column: 4, offset: 1 } };
}

function written(text: string, more: Partial<ValueOrigin> = {}): ValueOrigin {
  return { kind: 'written', range: at(1), text, variables: [], through: [], ...more };
}

function rendered(value: ExplainedValue['value'], origin: ValueOrigin, coloured = false): string {
  const values = [{ path: 'p', value, origin, overrode: [] }];
  return renderProvenance(values, [], { painter: createPainter(coloured) });
}

describe('renderProvenance', () => {
  it.each([
    ['x', 'x', ''],
    ['x', '"x"', ''],
    ['x', "'x'", ''],
    ['x', 'KEY=x', ''],
    ['x', '"KEY=x"', ''],
    ['x', 'KEY: "x"', ''],
    [80, '80', ''],
    ['1m30s', '90s', ' as 90s'],
    ['/code/a', './a', ' as ./a'],
    ['two\nlines', '|\n  two\n  lines', ' as | ...'],
    ['x', `${'y'.repeat(120)}`, ` as ${'y'.repeat(100)} ...`],
  ])('shows for %j the text %j only where it says more', (value, text, shown) => {
    expect(rendered(value, written(text))).toBe(`p = ${JSON.stringify(value)}\n  written at f.yaml:1${shown}\n`);
  });

  it('shows the short form that a value is part of', () => {
    expect(rendered('80', written('80', { shortForm: true }))).toContain('written at f.yaml:1 in 80\n');
  });

  it('says of a name without value that it has none', () => {
    const variables = [
      { name: 'HOME', taken: 'value', source: { kind: 'process', value: '/root', variables: [] }, variables: [] },
    ] as const;
    expect(rendered('/root', written('HOME', { variables }))).toBe(`p = "/root"
  written at f.yaml:1 without a value
  HOME = "/root" from the process environment
`);
  });

  it.each([
    [{ kind: 'default', variables: [], through: [] }, 'default, Compose Specification'],
    [{ kind: 'implied', range: at(7), variables: [], through: [] }, 'implied by f.yaml:7'],
    [{ kind: 'command-line', variables: [], through: [] }, 'given with -p'],
    [{ kind: 'directory', variables: [], through: [] }, 'the name of the project directory'],
    [{ kind: 'environment', variables: [], through: [] }, 'taken from the environment'],
  ] satisfies readonly (readonly [ValueOrigin, string])[])('says how a value came about: %j', (origin, words) => {
    expect(rendered('v', origin)).toBe(`p = "v"\n  ${words}\n`);
  });

  it('parts blocks by an empty line', () => {
    const value = { path: 'p', value: 1, origin: written('1'), overrode: [] };
    const text = renderProvenance([value, value], [{ path: 'q', value: 2, origin: written('2'), at: at(9) }], {
      painter: createPainter(false),
      showName: () => 'short',
    });
    expect(text).toBe(`p = 1
  written at short:1

p = 1
  written at short:1

q is not in the project
  removed by !reset at short:9
  it was 2, written at short:1
`);
  });

  it('keeps control characters of values off the terminal', () => {
    expect(rendered('\u001b[31m\n', written('\u001b]0;title\u0007'))).not.toMatch(/[\u001b\u0007]/);
  });

  it('paints paths and places', () => {
    expect(rendered('x', written('x'), true)).toBe(
      '\u001b[1mp\u001b[22m = "x"\n  written at \u001b[36mf.yaml:1\u001b[39m\n',
    );
  });
});
