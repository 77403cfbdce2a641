import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderDiagnostic } from '../../../src/diagnostics/render-diagnostic.ts';
import { parseDocuments } from '../../../src/document/parse-documents.ts';
import { type PrintableValue, printYaml } from '../../../src/document/print-yaml.ts';
import { validateCompose } from '../../../src/schema/generated/compose-validator.js';
import { validateDocument } from '../../../src/schema/validate-document.ts';
import { arbitraryDocument, arbitraryMutation, type JsonSchema, mutate } from './arbitrary-document.ts';

function rendered(text: string): readonly string[] {
  const source = { name: 'c.yaml', text };
  const { documents, diagnostics } = parseDocuments(source);
  expect(diagnostics).toEqual([]);
  return documents.flatMap(({ root }) =>
    validateDocument(root).map((diagnostic) => renderDiagnostic(diagnostic, new Map([[source.name, source]]))),
  );
}

/** First line and hint of every fault, without the code. */
function faults(text: string): readonly string[] {
  return rendered(text).map((drawing) => {
    const [title = '', ...rest] = drawing.split('\n');
    const hint = rest.find((line) => line.startsWith('  hint: '))?.slice(2);
    return [title.replace(/^c\.yaml:(\S+) \S+/, '$1'), ...(hint === undefined ? [] : [hint])].join(' | ');
  });
}

const service = (lines: string): string => `services:\n  a:\n    ${lines}\n`;

describe('validateDocument', () => {
  it('says nothing about a valid document', () => {
    expect(
      rendered(
        'name: p\nx-any: [1, {a: null}]\nservices:\n  a: {image: x, ports: [80, "80:80", {target: 1}], build: .}\nnetworks: {n: }\n',
      ),
    ).toEqual([]);
  });

  it('takes any character of a name that Docker Compose takes', () => {
    expect(rendered(service('labels: {"a\\Lb\\Pc": x}'))).toEqual([]);
  });

  it('draws an unknown key at the key and names the one that was meant', () => {
    expect(rendered(service('imgae: redis'))).toEqual([
      [
        "c.yaml:3:5 schema-unknown-key services.a additional properties 'imgae' not allowed",
        '  3 |     imgae: redis',
        '    |     ^^^^^',
        '  hint: did you mean image?',
      ].join('\n'),
    ]);
  });

  it('reports all faults of all services in source order', () => {
    expect(faults('services:\n  a: {prots: []}\n  b: {hostname: 5}\n  c:\nvolumes: [x]\n')).toEqual([
      "2:7 services.a additional properties 'prots' not allowed | hint: did you mean ports?",
      '3:17 services.b.hostname must be a string, but is the number 5 | hint: quote it to make it text: "5"',
      '4:3 services.c must be a mapping, but is empty (null) | hint: give it a value, or remove the key',
      "5:1 volumes must be a mapping, but is a list | hint: write KEY: VALUE lines without '- '",
    ]);
  });

  it.each([
    [
      'replicas: 3',
      "3:5 services.a additional properties 'replicas' not allowed | hint: use deploy.replicas, or scale",
    ],
    [
      'xfoo: 1',
      "3:5 services.a additional properties 'xfoo' not allowed | hint: keys of your own begin with 'x-': x-foo",
    ],
    [
      'deploy: {resources: {limits: {mem: 1m}}}',
      "3:35 services.a.deploy.resources.limits additional properties 'mem' not allowed | hint: possible here: cpus, memory, pids",
    ],
    [
      'env_file: [{path: x, requird: false}]',
      "3:26 services.a.env_file.0 additional properties 'requird' not allowed | hint: did you mean required?",
    ],
  ])('explains the unknown key of %s', (lines, fault) => {
    expect(faults(service(lines))).toEqual([fault]);
  });

  it.each([
    [
      'build: [.]',
      "3:5 services.a.build must be a string or mapping, but is a list | hint: write KEY: VALUE lines without '- '",
    ],
    [
      'build: {context: 5}',
      '3:22 services.a.build.context must be a string, but is the number 5 | hint: quote it to make it text: "5"',
    ],
    [
      'command: {a: 1}',
      "3:5 services.a.command must be a string, list or null, but is a mapping | hint: begin each item with '- '",
    ],
    ['ports: [{target: []}]', '3:14 services.a.ports.0.target must be an integer or string, but is a list'],
    ['volumes: [{source: x}]', "3:15 services.a.volumes.0 missing property 'type' | hint: add type: to it"],
    [
      'volumes: [5]',
      '3:15 services.a.volumes.0 must be a string or mapping, but is the number 5 | hint: quote it to make it text: "5"',
    ],
    ['gpus: any', "3:11 services.a.gpus value must be 'all', but is the text 'any'"],
    [
      'gpus: 5',
      '3:11 services.a.gpus must be a string or list, but is the number 5 | hint: quote it to make it text: "5"',
    ],
    [
      'depends_on: {b: {condition: service_helthy}}',
      "3:33 services.a.depends_on.b.condition value must be one of 'service_started', 'service_healthy', 'service_completed_successfully', but is the text 'service_helthy' | hint: did you mean 'service_healthy'?",
    ],
    [
      'depends_on: {b: {restart: true}}',
      "3:18 services.a.depends_on.b missing property 'condition' | hint: add condition: to it",
    ],
    [
      'depends_on: {b: }',
      '3:18 services.a.depends_on.b must be a mapping, but is empty (null) | hint: give it a value, or remove the key',
    ],
    ['networks: {n: 5}', '3:19 services.a.networks.n must be a mapping or null, but is the number 5'],
    ['cpu_count: -1', '3:16 services.a.cpu_count must be greater than or equal to 0, but is -1'],
    [
      'environment: {A: {}}',
      '3:19 services.a.environment.A must be a boolean, null, number or string, but is a mapping',
    ],
  ])('reports of the alternatives only the one the value chooses: %s', (lines, fault) => {
    expect(faults(service(lines))).toEqual([fault]);
  });

  it.each([
    ['cgroup: other', "3:13 services.a.cgroup value must be one of 'host', 'private', but is the text 'other'"],
    ['cgroup: 5', '3:13 services.a.cgroup must be a string, but is the number 5 | hint: quote it to make it text: "5"'],
    [
      'restart: false',
      '3:14 services.a.restart must be a string, but is the boolean false | hint: quote it to make it text: "false"',
    ],
    [
      'image: 2020-01-01',
      '3:12 services.a.image must be a string, but is a date (2020-01-01) | hint: quote it to make it text: "2020-01-01"',
    ],
    [
      'cap_add: NET_ADMIN',
      `3:14 services.a.cap_add must be a list, but is the text 'NET_ADMIN' | hint: write it as a list: ["NET_ADMIN"]`,
    ],
    [
      'pull_policy: sometimes',
      "3:18 services.a.pull_policy 'sometimes' does not match pattern 'always|never|build|if_not_present|missing|refresh|daily|weekly|every_([0-9]+[wdhms])+' | hint: one of always, missing, never, build, daily, weekly or every_DURATION such as every_12h",
    ],
    ['oom_score_adj: 2000', '3:20 services.a.oom_score_adj must be less than or equal to 1000, but is 2000'],
    ['x-topsail: {ready: {tcp: 1, log: x}}', '3:17 services.a.x-topsail.ready must have exactly 1 key, but has 2'],
  ])('reports a wrong value: %s', (lines, fault) => {
    expect(faults(service(lines))).toEqual([fault]);
  });

  it('shows both places of a repeated item', () => {
    expect(rendered(service('group_add: [1, 2, 1.0]'))).toEqual([
      [
        'c.yaml:3:23 schema-repeated-item services.a.group_add items at 0 and 2 are equal',
        '  3 |     group_add: [1, 2, 1.0]',
        '    |                       ^^^',
        '  c.yaml:3:17 the same item is first listed here',
        '  3 |     group_add: [1, 2, 1.0]',
        '    |                 ^',
        '  hint: remove one of them',
      ].join('\n'),
    ]);
  });

  it('does not report a missing key beside its misspelling', () => {
    expect(faults(service('depends_on: {b: {conditon: service_started}}'))).toEqual([
      "3:22 services.a.depends_on.b additional properties 'conditon' not allowed | hint: did you mean condition?",
    ]);
  });

  it('explains names that may not be', () => {
    expect(faults('services: {"${S}": {}, "a b": {}}\n')).toEqual([
      "1:12 services additional properties '${S}' not allowed as a name | hint: variables are not expanded in keys; write the name itself",
      "1:24 services additional properties 'a b' not allowed as a name | hint: use letters, digits, '.', '_' and '-'",
    ]);
  });

  it('sends a service at the top level below services', () => {
    expect(faults('web:\n  image: x\n')).toEqual([
      '1:1 additional properties \'web\' not allowed | hint: services go below "services:", indented',
    ]);
  });

  it('points into the anchor where a merged or aliased value is written', () => {
    expect(faults('x-base: &base {hostname: 5}\nservices: {a: {<<: *base}, b: *base}\n')).toEqual([
      '1:26 services.a.hostname must be a string, but is the number 5 | hint: quote it to make it text: "5"',
      '1:26 services.b.hostname must be a string, but is the number 5 | hint: quote it to make it text: "5"',
    ]);
  });

  it('takes names of JavaScript objects for names', () => {
    const names =
      '{__proto__: {image: x}, constructor: {image: x}, valueOf: {image: x}, toString: {labels: {hasOwnProperty: x}}}';
    expect(faults(`services: ${names}\n`)).toEqual([]);
    expect(faults('services: {a: {__proto__: 1}}\n')).toHaveLength(1);
    expect(faults('services: {__proto__: {imagee: 1}}\n')).toEqual([
      "1:24 services.__proto__ additional properties 'imagee' not allowed | hint: did you mean image?",
    ]);
    expect(faults('services: {a: {ports: [{valueOf: 1, target: 1}, {valueOf: 1, target: 2}]}}\n')).toHaveLength(2);
  });

  it('finds a place and words for whatever is wrong with a document', () => {
    const schema: JsonSchema = JSON.parse(
      readFileSync(new URL('../../../schemas/compose.schema.json', import.meta.url), 'utf8'),
    );
    const changed = fc
      .tuple(arbitraryDocument(schema, schema), fc.array(arbitraryMutation, { maxLength: 5 }))
      .map(([document, mutations]) => mutations.reduce(mutate, document));
    fc.assert(
      fc.property(changed, (document) => {
        const source = { name: 'c.yaml', text: printYaml(document as PrintableValue) };
        const { root } = parseDocuments(source).documents[0] ?? {};
        if (root === undefined) return;
        const found = validateDocument(root);
        expect(found.length === 0).toBe(validateCompose(document));
        for (const { message, range } of found) {
          expect(range?.file).toBe('c.yaml');
          expect(message).not.toMatch(/undefined|\[object|NaN/);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('shows a hundred faults of thousands, and counts the rest', () => {
    const lines = Array.from({ length: 3000 }, (_, index) => `  s${index}: {bogus: 1}`).join('\n');
    const all = faults(`services:\n${lines}\n`);
    expect(all).toHaveLength(101);
    expect(all.at(-1)).toContain('2900 more faults');
  });
});
