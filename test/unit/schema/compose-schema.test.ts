import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { validateCompose } from '../../../src/schema/generated/compose-validator.js';
import { arbitraryDocument, arbitraryMutation, type JsonSchema, mutate } from './arbitrary-document.ts';

const repository = fileURLToPath(new URL('../../..', import.meta.url));

function readSchema(path: string): JsonSchema & Record<string, unknown> {
  return JSON.parse(readFileSync(path, 'utf8')) as JsonSchema & Record<string, unknown>;
}

const ours = readSchema(join(repository, 'schemas/compose.schema.json'));
const extension = readSchema(join(repository, 'schemas/x-topsail.schema.json'));

/** What our schema accepts beyond the specification's, each with a document that shows it. */
const additions: Readonly<Record<string, unknown>> = {
  'a service model entry without options': { services: { a: { models: { m: null } } } },
  'pre_start, which Compose knows since 5.3': {
    services: { a: { pre_start: [{ command: 'x', image: 'y', per_replica: true }] } },
  },
};

interface Subschema {
  readonly path: string;
  readonly schema: Readonly<Record<string, unknown>>;
}

function subschemas(value: unknown, path = '#', found: Subschema[] = []): readonly Subschema[] {
  if (typeof value !== 'object' || value === null) return found;
  if (Array.isArray(value)) {
    value.forEach((item, index) => subschemas(item, `${path}/${index}`, found));
    return found;
  }
  for (const [key, item] of Object.entries(value)) {
    const names = key === 'properties' || key === 'patternProperties' || key === '$defs';
    if (!names) {
      if (typeof item === 'object' && item !== null && !Array.isArray(item))
        found.push({ path: `${path}/${key}`, schema: item });
      subschemas(item, `${path}/${key}`, found);
      continue;
    }
    for (const [name, member] of Object.entries(item as object)) {
      if (typeof member === 'object')
        found.push({ path: `${path}/${key}/${name}`, schema: member as Record<string, unknown> });
      subschemas(member, `${path}/${key}/${name}`, found);
    }
  }
  return found;
}

describe('our schemas', () => {
  it.each([
    ['compose.schema.json', ours],
    ['x-topsail.schema.json', extension],
  ])('%s describes every key in one sentence', (_, schema) => {
    const keys = subschemas(schema).filter(
      ({ path }) => /\/properties\/[^/]+$/.test(path) || /\/\$defs\/[^/]+$/.test(path),
    );
    const bare = keys.filter(
      (key) => typeof key.schema['description'] !== 'string' || key.schema['description'].length > 140,
    );
    expect(keys.length).toBeGreaterThan(5);
    expect(bare.map((key) => key.path)).toEqual([]);
  });

  it('leave no definition unused', () => {
    const text = JSON.stringify(ours);
    const unused = Object.keys(ours['$defs'] as object).filter((name) => !text.includes(`"#/$defs/${name}"`));
    expect(unused).toEqual([]);
  });

  it('accept every document made after the compose schema', () => {
    fc.assert(fc.property(arbitraryDocument(ours, ours), (document) => validateCompose(document)));
  });

  it.each(Object.entries(additions))('accept %s', (_, document) => {
    expect(validateCompose(document)).toBe(true);
  });

  it.each([
    { ready: { tcp: 6333 } },
    { ready: { http: { path: '/healthz', port: 8080, status: 200 } } },
    { ready: { log: 'listening' }, job: 'once' },
    { env: { DB_PORT: 'port:db:5432' } },
  ])('accept %j below x-topsail of a service', (topsail) => {
    expect(validateCompose({ services: { a: { 'x-topsail': topsail } } })).toBe(true);
  });

  it.each([
    { ready: {} },
    { ready: { tcp: 1, log: 'x' } },
    { ready: { tcp: 0 } },
    { ready: { http: {} } },
    { job: 'twice' },
    { instances: 'worktree' },
    { env: { A: 5432 } },
  ])('refuse %j below x-topsail of a service', (topsail) => {
    expect(validateCompose({ services: { a: { 'x-topsail': topsail } } })).toBe(false);
  });

  it('know instances below x-topsail of the project only', () => {
    expect(validateCompose({ 'x-topsail': { instances: 'worktree' } })).toBe(true);
    expect(validateCompose({ 'x-topsail': { job: 'once' } })).toBe(false);
  });
});

const referencePath = join(
  process.env['TOPSAIL_REFERENCE'] ?? join(repository, '../shared/reference'),
  'compose-spec.json',
);

describe('against the schema of the specification', () => {
  const available = existsSync(referencePath);
  const reference: JsonSchema = available ? readSchema(referencePath) : {};
  const { $schema: _, ...compilable } = reference as Record<string, unknown>;
  const referenceAccepts = new Ajv({ strict: false, strictNumbers: false }).compile(compilable);

  beforeEach(({ skip }) => {
    if (!available) skip('not available here: the schema of the specification');
  });

  const members = (value: unknown): readonly unknown[] =>
    typeof value === 'object' && value !== null ? Object.values(value) : [];
  const member = (value: unknown, key: string): unknown =>
    typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  const usesAddition = (document: unknown): boolean =>
    members(member(document, 'services')).some(
      (service) => member(service, 'pre_start') !== undefined || members(member(service, 'models')).includes(null),
    );
  const agree = (document: unknown): void => {
    fc.pre(!usesAddition(document));
    const expected = referenceAccepts(document);
    if (validateCompose(document) !== expected) {
      const errors = expected ? validateCompose.errors : referenceAccepts.errors;
      throw new Error(`the reference says ${expected}; the other: ${JSON.stringify(errors)}`);
    }
  };

  it('both accept whatever is made after either', () => {
    fc.assert(fc.property(fc.oneof(arbitraryDocument(ours, ours), arbitraryDocument(reference, reference)), agree), {
      numRuns: 1500,
    });
  });

  it('both give one verdict on documents with a few changes', () => {
    const changed = fc
      .tuple(
        fc.oneof(arbitraryDocument(ours, ours), arbitraryDocument(reference, reference)),
        fc.array(arbitraryMutation, { minLength: 1, maxLength: 3 }),
      )
      .map(([document, mutations]) => mutations.reduce(mutate, document));
    fc.assert(fc.property(changed, agree), { numRuns: 3000 });
  }, 60_000);

  it.each(Object.entries(additions))('only ours accepts %s', (_name, document) => {
    expect(referenceAccepts(document)).toBe(false);
  });
});
