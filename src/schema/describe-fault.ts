import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/did-you-mean.ts';
import {
  schemaBadName,
  schemaKeyCount,
  schemaMissingKey,
  schemaNotOneOf,
  schemaOutOfRange,
  schemaPattern,
  schemaRepeatedItem,
  schemaUnknownKey,
  schemaWrongType,
} from '../diagnostics/schema-diagnostics.ts';
import type { SourceSpan } from '../diagnostics/source-text.ts';
import type { DocumentNode } from '../document/node.ts';
import { describeExpected, describeFound, hintForType } from './describe-type.ts';
import type { SchemaFault } from './generated/compose-validator.js';
import { type LocatedValue, locateFault } from './locate-fault.ts';
import type { RelevantFault } from './relevant-faults.ts';
import { hintForUnknownKey } from './unknown-key.ts';

/** The unknown keys of every mapping that has some, by JSON pointer. */
export type UnknownKeys = ReadonlyMap<string, readonly string[]>;

/** The value itself if it is written out as a scalar; for a whole block its key says more than its first line. */
function valueSpan({ node, keySpan }: LocatedValue): SourceSpan {
  return node.kind === 'scalar' && node.span.end > node.span.start ? node.span : keySpan;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : String(value);
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(text) : [];
}

function describeType(located: LocatedValue, expected: readonly string[]): Diagnostic {
  const place = { path: located.path, at: valueSpan(located) };
  return schemaWrongType(
    place,
    describeExpected(expected),
    describeFound(located.node),
    hintForType(expected, located.node),
  );
}

function describeUnknownKey(located: LocatedValue, fault: SchemaFault): Diagnostic {
  const key = text(fault.params['additionalProperty']);
  const entry = located.node.kind === 'mapping' ? located.node.entries.get(key) : undefined;
  const place = { path: located.path, at: entry?.keySpan ?? located.keySpan };
  const known = texts(fault.params['known']);
  if (known.length === 0) return schemaBadName(place, key);
  return schemaUnknownKey(place, key, hintForUnknownKey(located.path, key, entry?.value, known));
}

/** A missing key is only an echo when an unknown key beside it is a misspelling of it. */
function describeMissingKey(located: LocatedValue, fault: SchemaFault, unknown: UnknownKeys): Diagnostic | undefined {
  const key = text(fault.params['missingProperty']);
  if (didYouMean(key, unknown.get(fault.instancePath) ?? []) !== undefined) return undefined;
  return schemaMissingKey({ path: located.path, at: located.keySpan }, key);
}

function describeWord(located: LocatedValue, fault: SchemaFault): Diagnostic {
  const allowed = texts(fault.params['allowedValues']);
  const { node } = located;
  const suggestion = node.kind === 'scalar' ? didYouMean(text(node.value), allowed) : undefined;
  return schemaNotOneOf({ path: located.path, at: valueSpan(located) }, allowed, describeFound(node), suggestion);
}

const patternHints: readonly (readonly [path: RegExp, hint: string])[] = [
  [/\.container_name$/, "two or more letters, digits, '_', '.' or '-', beginning with a letter or digit"],
  [/\.pull_policy$/, 'one of always, missing, never, build, daily, weekly or every_DURATION such as every_12h'],
  [/\.x-topsail\.env\./, 'write "port:SERVICE:PORT", such as "port:db:5432"'],
  [/^x-topsail\.ports$/, 'write "FIRST-LAST", such as "20000-29999"'],
  [/^x-topsail\.subnets\./, 'write an address and the length of its prefix, such as 10.208.0.0/12'],
  [/\.x-topsail\.ready\.http\.path$/, "begin with '/'"],
];

function describePattern(located: LocatedValue, fault: SchemaFault): Diagnostic {
  const found = located.node.kind === 'scalar' ? text(located.node.value) : describeFound(located.node);
  const hint = patternHints.find(([path]) => path.test(located.path))?.[1];
  const place = { path: located.path, at: valueSpan(located) };
  return schemaPattern(place, found, text(fault.params['pattern']), hint);
}

const bounds: Readonly<Record<string, string>> = {
  '>=': 'greater than or equal to',
  '<=': 'less than or equal to',
};

function describeBound(located: LocatedValue, fault: SchemaFault): Diagnostic {
  const comparison = text(fault.params['comparison']);
  const bound = `${bounds[comparison] ?? comparison} ${text(fault.params['limit'])}`;
  const found = located.node.kind === 'scalar' ? located.node.text : describeFound(located.node);
  return schemaOutOfRange({ path: located.path, at: valueSpan(located) }, bound, found);
}

function describeRepeat(located: LocatedValue, fault: SchemaFault): Diagnostic {
  const positions = [Number(fault.params['i']), Number(fault.params['j'])].sort((left, right) => left - right);
  const [first = 0, second = 0] = positions;
  const spanOf = (index: number): SourceSpan =>
    (located.node.kind === 'sequence' ? located.node.items[index]?.span : undefined) ?? located.keySpan;
  return schemaRepeatedItem({ path: located.path, at: spanOf(second) }, first, second, spanOf(first));
}

function describeKeyCount(located: LocatedValue, fault: SchemaFault): Diagnostic {
  const limit = Number(fault.params['limit']);
  const count = located.node.kind === 'mapping' ? located.node.entries.size : 0;
  return schemaKeyCount({ path: located.path, at: located.keySpan }, limit, count);
}

function describeKeyword(located: LocatedValue, fault: SchemaFault, unknown: UnknownKeys): Diagnostic | undefined {
  switch (fault.keyword) {
    case 'additionalProperties':
      return describeUnknownKey(located, fault);
    case 'required':
      return describeMissingKey(located, fault, unknown);
    case 'enum':
      return describeWord(located, fault);
    case 'pattern':
      return describePattern(located, fault);
    case 'minimum':
    case 'maximum':
      return describeBound(located, fault);
    case 'uniqueItems':
      return describeRepeat(located, fault);
    case 'minProperties':
    case 'maxProperties':
      return describeKeyCount(located, fault);
    default:
      throw new TypeError(`the schema uses a keyword without words: ${fault.keyword}`);
  }
}

/** The diagnostic of one fault; none if it only echoes another one. */
export function describeFault(
  root: DocumentNode,
  relevant: RelevantFault,
  unknown: UnknownKeys,
): Diagnostic | undefined {
  if (relevant.kind === 'type') return describeType(locateFault(root, relevant.instancePath), relevant.expected);
  return describeKeyword(locateFault(root, relevant.fault.instancePath), relevant.fault, unknown);
}
