import type { SchemaFault } from './generated/compose-validator.js';

/** A fault worth telling. */
export type RelevantFault =
  | { readonly kind: 'fault'; readonly fault: SchemaFault }
  | {
      readonly kind: 'type';
      readonly instancePath: string;
      /** Every type that would have been right, in the words of JSON Schema, the likeliest first. */
      readonly expected: readonly string[];
    };

/** What is known of one value that has faults. */
interface FaultyValue {
  readonly types: string[];
  readonly others: SchemaFault[];
  /** Whether several alternatives were tried for it. */
  alternatives: boolean;
  /** Whether something inside it is at fault. */
  deeper: boolean;
}

function typesOf(fault: SchemaFault): readonly string[] {
  const type = fault.params['type'];
  if (Array.isArray(type)) return type.map(String).sort();
  return typeof type === 'string' ? [type] : [];
}

function markAncestors(values: ReadonlyMap<string, FaultyValue>, pointer: string): void {
  for (let at = pointer.lastIndexOf('/'); at > 0; at = pointer.lastIndexOf('/', at - 1)) {
    const ancestor = values.get(pointer.slice(0, at));
    if (ancestor !== undefined) ancestor.deeper = true;
  }
}

function collect(faults: readonly SchemaFault[]): ReadonlyMap<string, FaultyValue> {
  const values = new Map<string, FaultyValue>();
  for (const fault of faults) {
    let value = values.get(fault.instancePath);
    if (value === undefined) {
      value = { types: [], others: [], alternatives: false, deeper: false };
      values.set(fault.instancePath, value);
    }
    if (fault.keyword === 'anyOf') value.alternatives = true;
    else if (fault.keyword === 'type') value.types.push(...typesOf(fault));
    else value.others.push(fault);
  }
  for (const pointer of values.keys()) markAncestors(values, pointer);
  return values;
}

function nullLast(types: readonly string[]): readonly string[] {
  const distinct = new Set(types);
  return distinct.delete('null') ? [...distinct, 'null'] : [...distinct];
}

/**
 * Leaves out the noise of alternatives. The alternatives of our schema differ in the type of the value, so at most one
 * fits it: its faults lie deeper or are no type faults, and the other alternatives' type faults say nothing. If none
 * fits, their types together are what would have been right. Whether a word is one of a few matters only for text.
 */
export function relevantFaults(faults: readonly SchemaFault[]): readonly RelevantFault[] {
  const relevant: RelevantFault[] = [];
  for (const [instancePath, value] of collect(faults)) {
    const isText = !value.types.includes('string');
    const fitting = value.others.filter((fault) => isText || fault.keyword !== 'enum');
    for (const fault of fitting) relevant.push({ kind: 'fault', fault });
    const oneFits = value.alternatives && (value.deeper || fitting.length > 0);
    if (value.types.length > 0 && !oneFits) {
      const expected = value.alternatives ? nullLast(value.types) : value.types;
      relevant.push({ kind: 'type', instancePath, expected });
    }
  }
  return relevant;
}
