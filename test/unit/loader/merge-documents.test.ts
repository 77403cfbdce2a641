import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DocumentNode, MappingNode } from '../../../src/document/node.ts';
import { Findings } from '../../../src/loader/findings.ts';
import { mergeDocuments, mergeServices } from '../../../src/loader/merge-documents.ts';
import { memberOf, nodeFromPlain, type PlainValue } from '../../../src/loader/tree/nodes.ts';
import { plain, tree, written } from '../../fakes/document-tree.ts';
import { drawn } from '../../fakes/load-compose.ts';

function merge(base: string, later: string): unknown {
  return plain(mergeDocuments(tree(base), tree(later), new Findings()));
}

/** Merges the attributes of service `a`. */
function mergeService(base: string, later: string): unknown {
  const findings = new Findings();
  const merged = plain(mergeServices(tree(base), tree(later), 'a', findings));
  expect(findings.diagnostics).toEqual([]);
  return merged;
}

describe('mergeDocuments', () => {
  it('merges mappings deeply, appends lists and replaces scalars', () => {
    expect(merge('x-a: {b: 1, c: {d: [1]}}', 'x-a: {b: 2, c: {d: [2], e: 3}}')).toEqual({
      'x-a': { b: 2, c: { d: [1, 2], e: 3 } },
    });
  });

  it('keeps what null would override', () => {
    expect(
      merge('x-a: 1\nservices: {a: {ports: [1], labels: [l]}}', 'x-a:\nservices: {a: {ports: , labels: }}'),
    ).toEqual({
      'x-a': 1,
      services: { a: { ports: [1], labels: ['l'] } },
    });
  });

  it('replaces a scalar by anything', () => {
    expect(merge('x-a: 1', 'x-a: [2]')).toEqual({ 'x-a': [2] });
  });

  it.each([
    ['x-a: [1]', 'x-a: {b: 1}'],
    ['x-a: {b: 1}', 'x-a: [1]'],
    ['x-a: [1]', 'x-a: 1'],
  ])('does not put %s over %s', (base, later) => {
    const findings = new Findings();
    mergeDocuments(tree(base), tree(later), findings);
    expect(drawn(findings.diagnostics)).toEqual([
      '/p/compose.yaml:1:6 cannot override x-a: the values are of different kinds',
    ]);
    expect(findings.diagnostics[0]?.related).toMatchObject([{ range: { start: { column: 6 } } }]);
  });

  it.each([
    ['command: old', 'command: [new]', { command: ['new'] }],
    ['command: old', 'command: ', { command: null }],
    ['entrypoint: [a]', 'entrypoint: [b]', { entrypoint: ['b'] }],
    ['healthcheck: {test: [CMD, a], retries: 1}', 'healthcheck: {test: b}', { healthcheck: { test: 'b', retries: 1 } }],
    ['ulimits: {n: 1, m: {soft: 1, hard: 2}}', 'ulimits: {m: 3}', { ulimits: { n: 1, m: 3 } }],
    ['environment: {A: 1, B: 2}', 'environment: [B=3]', { environment: ['A=1', 'B=2', 'B=3'] }],
    ['labels: [A=1]', 'labels: {Z: , B: true}', { labels: ['A=1', 'B=true', 'Z'] }],
    ['dns: 1.1.1.1', 'dns: [2.2.2.2]', { dns: ['1.1.1.1', '2.2.2.2'] }],
    ['env_file: a.env', 'env_file: {path: b.env}', { env_file: ['a.env', 'path=b.env'] }],
    [
      'depends_on: {b: {condition: service_healthy, restart: true}}',
      'depends_on: [b, c]',
      {
        depends_on: {
          b: { condition: 'service_started', restart: true, required: true },
          c: { condition: 'service_started', required: true },
        },
      },
    ],
    ['networks: {n: {aliases: [x]}}', 'networks: [n, m]', { networks: { n: { aliases: ['x'] }, m: null } }],
    ['build: ./a', 'build: {target: t}', { build: { context: './a', target: 't' } }],
    ['build: {context: a, target: t}', 'build: b', { build: { context: 'b', target: 't' } }],
    ['extra_hosts: {h: 1.1.1.1}', 'extra_hosts: [h=1.1.1.1, h=2.2.2.2]', { extra_hosts: ['h=1.1.1.1', 'h=2.2.2.2'] }],
    ['extra_hosts: [a=1]', 'extra_hosts: {b: [2, 3]}', { extra_hosts: ['a=1', 'b=2', 'b=3'] }],
    ['logging: {driver: a, options: {x: 1}}', 'logging: {driver: b}', { logging: { driver: 'b' } }],
    [
      'logging: {driver: a, options: {x: 1}}',
      'logging: {options: {y: 2}}',
      { logging: { driver: 'a', options: { x: 1, y: 2 } } },
    ],
    ['logging: {options: {x: 1}}', 'logging: ', { logging: { options: { x: 1 } } }],
  ])('merges %s with %s', (base, later, merged) => {
    expect(mergeService(base, later)).toEqual(merged);
  });

  it('matches address pools by subnet and drops those the later file does not name', () => {
    const base = 'networks: {n: {ipam: {config: [{subnet: a, gateway: g}, {subnet: b}]}}}';
    const later = 'networks: {n: {ipam: {config: [{subnet: a, ip_range: r}, {subnet: c}]}}}';
    expect(merge(base, later)).toEqual({
      networks: { n: { ipam: { config: [{ subnet: 'a', gateway: 'g', ip_range: 'r' }, { subnet: 'c' }] } } },
    });
  });

  it('keeps the place of the winner and what it replaced', () => {
    const base = tree('x-a: {b: one}', '/p/base.yaml');
    const merged = mergeDocuments(base, tree('x-a: {b: two}', '/p/later.yaml'), new Findings());
    const winner = memberOf(memberOf(merged, 'x-a'), 'b');
    expect(winner?.span.source.name).toBe('/p/later.yaml');
    expect(written(winner?.replaced)).toBe('one');
  });

  it('points a pair made of a mapping at key and value', () => {
    const merged = mergeServices(tree('labels: {A: 1}'), tree('labels: {B: two}'), 'a', new Findings());
    const labels = memberOf(merged, 'labels');
    expect(labels?.kind === 'sequence' ? labels.items.map(written) : []).toEqual(['A: 1', 'B: two']);
  });
});

describe('merging any documents', () => {
  const scalar = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constantFrom('a', 'b'), fc.boolean());
  const { value } = fc.letrec<{ value: PlainValue }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      scalar,
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom('p', 'q', '__proto__'), tie('value'), { maxKeys: 3 }),
    ),
  }));
  const document = fc.dictionary(fc.constantFrom('x-p', 'x-q', 'x-r'), value).map((members): MappingNode => {
    const node = nodeFromPlain(members, { source: { name: 'any', text: '' }, start: 0, end: 0 });
    if (node.kind !== 'mapping') throw new Error('a dictionary is a mapping');
    return node;
  });
  const empty = tree('{}');

  it('leaves a document as it is when the other is empty', () => {
    fc.assert(
      fc.property(document, (node) => {
        expect(plain(mergeDocuments(node, empty, new Findings()))).toEqual(plain(node));
        expect(plain(mergeDocuments(empty, node, new Findings()))).toEqual(plain(node));
      }),
    );
  });

  it('changes neither document', () => {
    fc.assert(
      fc.property(document, document, (base, later) => {
        const before = JSON.stringify([plain(base), plain(later)]);
        mergeDocuments(base, later, new Findings());
        expect(JSON.stringify([plain(base), plain(later)])).toBe(before);
      }),
    );
  });

  it('does not mind how three documents are grouped', () => {
    const withoutLists = document.filter((node) => !JSON.stringify(plain(node)).includes('['));
    fc.assert(
      fc.property(withoutLists, withoutLists, withoutLists, (a, b, c) => {
        const findings = new Findings();
        const left = mergeDocuments(mergeDocuments(a, b, findings), c, findings);
        const right = mergeDocuments(a, mergeDocuments(b, c, findings), findings);
        if (!findings.failed) expect(plain(left)).toEqual(plain(right));
      }),
    );
  });

  it('keeps every scalar of the later document', () => {
    const count = (node: DocumentNode): number => {
      if (node.kind === 'scalar') return 1;
      const children = node.kind === 'mapping' ? [...node.entries.values()].map((entry) => entry.value) : node.items;
      return children.reduce((sum, child) => sum + count(child), 0);
    };
    fc.assert(
      fc.property(document, document, (base, later) => {
        const findings = new Findings();
        const merged = mergeDocuments(base, later, findings);
        if (!findings.failed) expect(count(merged)).toBeGreaterThanOrEqual(count(later));
      }),
    );
  });
});
