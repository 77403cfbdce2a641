import type { DocumentNode, ScalarNode } from '../document/node.ts';

const longestQuote = 40;

/** The words of the Compose world for the types of JSON Schema. */
const typeWords: Readonly<Record<string, string>> = { object: 'mapping', array: 'list' };

/** `a string`, `a boolean, null or string`: what would have been right, as one phrase. */
export function describeExpected(types: readonly string[]): string {
  const words = types.map((type) => typeWords[type] ?? type);
  const last = words.at(-1) ?? 'value';
  const phrase = words.length < 2 ? last : `${words.slice(0, -1).join(', ')} or ${last}`;
  return `${/^[aeiou]/.test(phrase) ? 'an' : 'a'} ${phrase}`;
}

function quote(text: string): string {
  const line = text.split('\n', 1)[0] ?? '';
  return line.length < text.length || line.length > longestQuote ? `'${line.slice(0, longestQuote)}...'` : `'${line}'`;
}

function describeScalar(node: ScalarNode): string {
  if (node.timestamp === true) return `a date (${node.text})`;
  switch (typeof node.value) {
    case 'string':
      return `the text ${quote(node.value)}`;
    case 'number':
      return `the number ${node.text === '' ? node.value : node.text}`;
    case 'boolean':
      return `the boolean ${node.value}`;
    default:
      return 'empty (null)';
  }
}

/** What a value is, as one phrase. */
export function describeFound(node: DocumentNode): string {
  switch (node.kind) {
    case 'mapping':
      return 'a mapping';
    case 'sequence':
      return 'a list';
    case 'scalar':
      return describeScalar(node);
  }
}

/** What to write instead of a value of the wrong type, if that is clear. */
export function hintForType(types: readonly string[], node: DocumentNode): string | undefined {
  if (node.kind !== 'scalar') {
    if (types.includes('array') && node.kind === 'mapping') return "begin each item with '- '";
    return types.includes('object') && node.kind === 'sequence' ? "write KEY: VALUE lines without '- '" : undefined;
  }
  if (node.value === null && node.timestamp !== true) return 'give it a value, or remove the key';
  const isText = typeof node.value === 'string' && node.timestamp !== true;
  if (!isText && types.includes('string')) return `quote it to make it text: "${node.text}"`;
  if (types.includes('array')) return `write it as a list: [${isText ? JSON.stringify(node.value) : node.text}]`;
  return undefined;
}
