import { parseTemplate, type TemplatePart, type VariablePart } from './template.ts';

/** Finds the value of a variable; undefined when it is not set. */
export type VariableLookup = (name: string) => string | undefined;

/** A variable that `${NAME:?message}` demands and that has no value. */
export interface MissingVariable {
  readonly name: string;
  readonly message: string;
}

/** What a template became. With `missing` not empty the text is of no use. */
export type Expansion =
  | {
      readonly valid: true;
      readonly text: string;
      /** Names that are not set and have no default; each stands for the empty string. */
      readonly unset: readonly string[];
      readonly missing: readonly MissingVariable[];
    }
  | {
      readonly valid: false;
      readonly offset: number;
      /** The grammar is right; the result would be longer than {@link maximumExpansion}. */
      readonly tooLong?: boolean;
    };

/** Most characters that a template may become: variables made of variables can grow without end. */
export const maximumExpansion = 1_000_000;

const NONE: readonly never[] = [];

/**
 * Replaces the variables of a template. Values go in as they are and are not expanded again; operands are expanded
 * before their condition is tested, so a required variable inside an unused default is still required (spec-facts 6.9).
 */
export function expandTemplate(text: string, lookup: VariableLookup): Expansion {
  if (!text.includes('$')) return { valid: true, text, unset: NONE, missing: NONE };
  const parsed = parseTemplate(text);
  if (!parsed.valid) return parsed;
  const unset: string[] = [];
  const missing: MissingVariable[] = [];
  const expanded = expandParts(parsed.parts, { lookup, unset, missing });
  if (expanded.length > Math.max(maximumExpansion, text.length)) return { valid: false, offset: 0, tooLong: true };
  return { valid: true, text: expanded, unset, missing };
}

interface ExpansionState {
  readonly lookup: VariableLookup;
  readonly unset: string[];
  readonly missing: MissingVariable[];
}

function expandParts(parts: readonly TemplatePart[], state: ExpansionState): string {
  let text = '';
  for (const part of parts) text += part.kind === 'literal' ? part.text : expandVariable(part, state);
  return text;
}

function expandVariable(part: VariablePart, state: ExpansionState): string {
  const value = state.lookup(part.name);
  if (part.operation === undefined) {
    if (value === undefined) state.unset.push(part.name);
    return value ?? '';
  }
  const operand = expandParts(part.operation.operand, state);
  switch (part.operation.operator) {
    case ':-':
      return value === undefined || value === '' ? operand : value;
    case '-':
      return value ?? operand;
    case ':+':
      return value === undefined || value === '' ? '' : operand;
    case '+':
      return value === undefined ? '' : operand;
    case ':?':
      if (value === undefined || value === '') state.missing.push({ name: part.name, message: operand });
      return value ?? '';
    case '?':
      if (value === undefined) state.missing.push({ name: part.name, message: operand });
      return value ?? '';
  }
}
