import type { DocumentNode, ScalarNode } from '../../document/node.ts';
import { formatGoFloat } from '../../project/go-number.ts';
import type { JsonValue } from '../../project/project.ts';

/** The value of a node as JSON. Mappings come without a prototype, so that `__proto__` is an ordinary key. */
export function plainValue(node: DocumentNode): JsonValue {
  switch (node.kind) {
    case 'scalar':
      return node.value;
    case 'sequence':
      return node.items.map(plainValue);
    case 'mapping': {
      const members = Object.create(null) as Record<string, JsonValue>;
      for (const [key, entry] of node.entries) members[key] = plainValue(entry.value);
      return members;
    }
  }
}

/** Whether two nodes hold the same value, wherever they are written; the order of members does not count. */
export function sameValue(a: DocumentNode, b: DocumentNode): boolean {
  if (a === b) return true;
  if (a.kind === 'scalar') return b.kind === 'scalar' && Object.is(a.value, b.value);
  if (a.kind === 'sequence') {
    if (b.kind !== 'sequence' || a.items.length !== b.items.length) return false;
    return a.items.every((item, index) => {
      const other = b.items[index];
      return other !== undefined && sameValue(item, other);
    });
  }
  if (b.kind !== 'mapping' || a.entries.size !== b.entries.size) return false;
  for (const [key, entry] of a.entries) {
    const other = b.entries.get(key);
    if (other === undefined || !sameValue(entry.value, other.value)) return false;
  }
  return true;
}

/** A scalar that is not null as text, as the specification wants it in `KEY=VALUE` places (spec-facts 17.10). */
export function scalarText({ value, text, float }: ScalarNode): string {
  if (typeof value !== 'number') return String(value);
  if (float === true || !Number.isInteger(value)) return formatGoFloat(value);
  return Number.isSafeInteger(value) || !/^[+-]?\d+$/.test(text) ? integerText(value) : text;
}

/** A whole number in decimal digits, never with an exponent. */
export function integerText(value: number): string {
  return Math.abs(value) < 1e21 ? String(value) : BigInt(value).toString();
}
