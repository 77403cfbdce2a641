import { expect, it } from 'vitest';
import { pathRules, rulesBelow } from '../../../../src/loader/tree/path-rules.ts';

const rules = pathRules([
  ['services.*.ports', 'ports'],
  ['services.*.ports.*.target', 'target'],
  ['name', 'name'],
]);

function ruleAt(...path: readonly string[]): string | undefined {
  return path.reduce<ReturnType<typeof rulesBelow<string>>>((at, key) => rulesBelow(at, key), rules)?.rule;
}

it('finds the rule of a path, any key standing for *', () => {
  expect(ruleAt('services', 'web', 'ports')).toBe('ports');
  expect(ruleAt('services', 'web', 'ports', '3', 'target')).toBe('target');
  expect(ruleAt('name')).toBe('name');
});

it('finds none elsewhere', () => {
  expect(ruleAt('services', 'web')).toBeUndefined();
  expect(ruleAt('services', 'web', 'image', 'x')).toBeUndefined();
  expect(ruleAt('constructor')).toBeUndefined();
});
