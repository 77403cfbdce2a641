import { expect, it } from 'vitest';
import { variableUnset } from '../../../src/diagnostics/interpolation-diagnostics.ts';
import { sectionNotMapping } from '../../../src/diagnostics/merge-diagnostics.ts';
import { Findings } from '../../../src/loader/findings.ts';

const source = { name: 'f', text: 'abc' };

it('keeps the same finding at the same place once', () => {
  const findings = new Findings();
  const at = (start: number) => sectionNotMapping('services', { source, start, end: start + 1 });
  findings.add(at(0), at(1), at(0));
  expect(findings.diagnostics).toHaveLength(2);
  expect(findings.errors).toBe(2);
});

it('fails on errors, not on warnings', () => {
  const findings = new Findings();
  findings.add(variableUnset('A', undefined));
  expect(findings.failed).toBe(false);
});

it('makes one finding per topic', () => {
  const findings = new Findings();
  for (const name of ['A', 'A', 'B']) findings.addOnce(name, () => variableUnset(name, undefined));
  expect(findings.diagnostics.map(({ message }) => message)).toHaveLength(2);
});
