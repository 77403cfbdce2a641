import { parseTemplate, type TemplatePart } from './template.ts';

/** One use of a variable in a template, as `config --variables` lists it. */
export interface TemplateVariable {
  readonly name: string;
  /** The operand of `:-` or `-` as written. */
  readonly defaultValue: string;
  /** The operand of `:+` or `+` as written. */
  readonly presenceValue: string;
  /** Whether `:?` or `?` demands a value. */
  readonly required: boolean;
}

/** Lists the variables of a template in order, those inside operands after the one that holds them. */
export function templateVariables(text: string): readonly TemplateVariable[] {
  if (!text.includes('$')) return [];
  const parsed = parseTemplate(text);
  if (!parsed.valid) return [];
  const found: TemplateVariable[] = [];
  collect(parsed.parts, found);
  return found;
}

function collect(parts: readonly TemplatePart[], found: TemplateVariable[]): void {
  for (const part of parts) {
    if (part.kind === 'literal') continue;
    const operator = part.operation?.operator;
    const operand = part.operation?.text ?? '';
    found.push({
      name: part.name,
      defaultValue: operator === ':-' || operator === '-' ? operand : '',
      presenceValue: operator === ':+' || operator === '+' ? operand : '',
      required: operator === ':?' || operator === '?',
    });
    if (part.operation !== undefined) collect(part.operation.operand, found);
  }
}
