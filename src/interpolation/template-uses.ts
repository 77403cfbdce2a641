import { parseTemplate, type TemplatePart, type VariablePart } from './template.ts';

/** A variable of a template that had a say in what the template became. */
export interface TemplateUse {
  readonly name: string;
  /** What stands in its place: its value, the operand of `:-` or `-`, that of `:+` or `+`, or nothing. */
  readonly taken: 'value' | 'default' | 'presence' | 'nothing';
  /** The operand that was taken, as written. */
  readonly operand?: string;
  /** The variables inside that operand. */
  readonly uses: readonly TemplateUse[];
}

/** Lists the variables that made a template what it became; those inside operands that were not taken had no say. */
export function templateUses(text: string, lookup: (name: string) => string | undefined): readonly TemplateUse[] {
  if (!text.includes('$')) return [];
  const parsed = parseTemplate(text);
  return parsed.valid ? usesIn(parsed.parts, lookup) : [];
}

function usesIn(parts: readonly TemplatePart[], lookup: (name: string) => string | undefined): readonly TemplateUse[] {
  return parts.flatMap((part) => (part.kind === 'literal' ? [] : [useOf(part, lookup)]));
}

function useOf(part: VariablePart, lookup: (name: string) => string | undefined): TemplateUse {
  const { name, operation } = part;
  const taken = takenOf(operation?.operator, lookup(name));
  if (operation === undefined || taken === 'value' || taken === 'nothing') return { name, taken, uses: [] };
  return { name, taken, operand: operation.text, uses: usesIn(operation.operand, lookup) };
}

function takenOf(
  operator: NonNullable<VariablePart['operation']>['operator'] | undefined,
  value: string | undefined,
): TemplateUse['taken'] {
  switch (operator) {
    case undefined:
    case '?':
    case ':?':
      return value === undefined ? 'nothing' : 'value';
    case '-':
      return value === undefined ? 'default' : 'value';
    case ':-':
      return value === undefined || value === '' ? 'default' : 'value';
    case '+':
      return value === undefined ? 'nothing' : 'presence';
    case ':+':
      return value === undefined || value === '' ? 'nothing' : 'presence';
  }
}
