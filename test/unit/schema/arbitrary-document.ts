import fc from 'fast-check';

/** The parts of JSON Schema that both compose schemas are written with. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: JsonSchema;
  readonly uniqueItems?: boolean;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly patternProperties?: Readonly<Record<string, JsonSchema | boolean>>;
  readonly required?: readonly string[];
  readonly oneOf?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
}

const names: fc.Arbitrary<string> = fc.constantFrom('web', 'db', 'a.b', 'cache-1', 'N_2');
const words: fc.Arbitrary<string> = fc.constantFrom(
  '',
  'text',
  '5',
  'true',
  '1.5',
  '/path',
  'a=b',
  'every_5m',
  'always',
);

function textFor(schema: JsonSchema): fc.Arbitrary<unknown> {
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if (schema.pattern === undefined) return words;
  return schema.pattern.includes('every_') ? fc.constantFrom('always', 'every_5m') : fc.constantFrom('name', 'web-1');
}

function follow(root: unknown, pointer: string): JsonSchema {
  let current: unknown = root;
  for (const step of pointer.replace('#/', '').split('/')) {
    current = typeof current === 'object' && current !== null ? Reflect.get(current, step) : undefined;
  }
  if (typeof current !== 'object' || current === null) throw new Error(`no schema at ${pointer}`);
  return current;
}

/** Values that a schema accepts, deep parts rarely, so that they stay small. */
export function arbitraryDocument(root: unknown, schema: JsonSchema, depth = 0): fc.Arbitrary<unknown> {
  if (schema.$ref !== undefined) {
    // Another file's schema is free in this one.
    return schema.$ref.startsWith('#/') ? arbitraryDocument(root, follow(root, schema.$ref), depth) : fc.constant({});
  }
  const branches = schema.anyOf ?? schema.oneOf;
  if (branches !== undefined) return fc.oneof(...branches.map((branch) => arbitraryDocument(root, branch, depth)));
  const types = schema.type === undefined ? ['object'] : [schema.type].flat();
  return fc.oneof(...types.map((type) => arbitraryOfType(root, schema, type, depth)));
}

function arbitraryOfType(root: unknown, schema: JsonSchema, type: string, depth: number): fc.Arbitrary<unknown> {
  switch (type) {
    case 'string':
      return textFor(schema);
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'integer':
      return fc.integer({ min: schema.minimum ?? -5, max: schema.maximum ?? 70_000 });
    case 'number':
      return fc.oneof(fc.integer({ min: -1, max: 100 }), fc.constantFrom(0.5, 1.25));
    case 'array': {
      const item = arbitraryDocument(root, schema.items ?? {}, depth + 1);
      return schema.uniqueItems === true
        ? fc.uniqueArray(item, { minLength: 1, maxLength: 2, selector: (value) => JSON.stringify(value) })
        : fc.array(item, { minLength: 1, maxLength: 2 });
    }
    default:
      return arbitraryMapping(root, schema, depth);
  }
}

function arbitraryMapping(root: unknown, schema: JsonSchema, depth: number): fc.Arbitrary<unknown> {
  const required = new Set(schema.required ?? []);
  const properties = Object.entries(schema.properties ?? {}).filter(([key]) => key !== 'x-topsail');
  const free = Object.entries(schema.patternProperties ?? {});
  const optional = properties.filter(([key]) => !required.has(key));
  // Most keys are below services, so most documents have some.
  const favoured = optional
    .filter(([key]) => depth === 0 && key === 'services')
    .flatMap((entry) => Array(15).fill(entry));
  const chosen =
    optional.length === 0
      ? fc.constant([])
      : fc.uniqueArray(fc.constantFrom(...optional, ...favoured), {
          minLength: 1,
          maxLength: optional.length > 50 ? 10 : 4,
          size: 'max',
          selector: ([key]) => key,
        });
  return chosen.chain((some) => {
    const members: Record<string, fc.Arbitrary<unknown>> = {};
    for (const [key, value] of properties) {
      if (required.has(key) || some.some(([name]) => name === key))
        members[key] = arbitraryDocument(root, value, depth + 1);
    }
    const others = free.map(([pattern, value]) => {
      const isExtension = pattern.startsWith('^x-');
      const keys = isExtension
        ? fc.constantFrom('x-one', 'x-')
        : pattern === '^[a-z]+$'
          ? fc.constant('nofile')
          : names;
      const values = typeof value === 'boolean' || isExtension ? words : arbitraryDocument(root, value, depth + 1);
      const [minKeys, maxKeys] = isExtension ? [0, 1] : [1, 2];
      return fc.dictionary(keys, values, { minKeys, maxKeys, noNullPrototype: true });
    });
    return fc
      .tuple(fc.record(members, { noNullPrototype: true }), ...others)
      .map((parts) => Object.assign({}, ...parts));
  });
}

type Container = unknown[] | Record<string, unknown>;

function containers(value: unknown, found: Container[] = []): readonly Container[] {
  if (typeof value !== 'object' || value === null) return found;
  found.push(value as Container);
  for (const item of Object.values(value)) containers(item, found);
  return found;
}

/** One change to a document: where (taken modulo what there is), what, and the value or key it brings. */
export interface Mutation {
  readonly where: number;
  readonly member: number;
  readonly kind: 'replace' | 'remove' | 'add' | 'repeat' | 'rename';
  readonly value: unknown;
  readonly key: string;
}

/** Changes that break a document, or not. */
export const arbitraryMutation: fc.Arbitrary<Mutation> = fc.record({
  where: fc.nat(),
  member: fc.nat(),
  kind: fc.constantFrom('replace', 'remove', 'add', 'repeat', 'rename'),
  value: fc.oneof(
    fc.constantFrom(
      null,
      true,
      0,
      -1,
      1.5,
      101,
      1e9,
      '',
      'text',
      'host',
      'sync',
      'all',
      'Z',
      [],
      {},
      [1],
      ['a'],
      ['a', 'a'],
      [null],
      [[]],
    ),
    fc.constantFrom(
      { type: 'bind' },
      { a: 1 },
      { a: null },
      { source: 'a' },
      { condition: 'service_started' },
      { a: {} },
      { '': 1 },
    ),
  ),
  key: fc.constantFrom(
    'x-a',
    'xa',
    'X-a',
    '',
    'a b',
    'image',
    'name',
    'labels',
    'external',
    'type',
    'source',
    'a/b',
    '__proto',
    'Nofile',
  ),
});

/** Applies a mutation to a copy. */
export function mutate(document: unknown, mutation: Mutation): unknown {
  const copy: unknown = structuredClone(document);
  const all = containers(copy);
  const target = all[mutation.where % Math.max(1, all.length)];
  if (target === undefined) return copy;
  const value = structuredClone(mutation.value);
  if (Array.isArray(target)) {
    const index = mutation.member % Math.max(1, target.length);
    if (mutation.kind === 'remove') target.splice(index, 1);
    else if (mutation.kind === 'repeat' && target.length > 0) target.push(structuredClone(target[index]));
    else if (mutation.kind === 'add') target.push(value);
    else target[index] = value;
    return copy;
  }
  const keys = Object.keys(target);
  const key = keys[mutation.member % Math.max(1, keys.length)];
  if (mutation.kind === 'add' || key === undefined) target[mutation.key] = value;
  else if (mutation.kind === 'remove') delete target[key];
  else if (mutation.kind === 'rename') {
    target[mutation.key] = target[key];
    delete target[key];
  } else target[key] = value;
  return copy;
}
