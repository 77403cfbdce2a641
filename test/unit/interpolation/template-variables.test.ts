import { expect, it } from 'vitest';
import { templateVariables } from '../../../src/interpolation/template-variables.ts';

const plain = { defaultValue: '', presenceValue: '', required: false };

it('lists what a template asks for', () => {
  expect(templateVariables('$A ${B:-x} ${C?no} ${D:+y} $$E')).toEqual([
    { ...plain, name: 'A' },
    { ...plain, name: 'B', defaultValue: 'x' },
    { ...plain, name: 'C', required: true },
    { ...plain, name: 'D', presenceValue: 'y' },
  ]);
});

it('lists the variables inside operands too', () => {
  expect(templateVariables('${A:-${B}}').map((variable) => variable.name)).toEqual(['A', 'B']);
});

it('finds nothing in a template that is not valid', () => {
  expect(templateVariables('${A:-x} ${')).toEqual([]);
});
