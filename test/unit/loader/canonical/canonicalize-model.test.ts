import { describe, expect, it } from 'vitest';
import { canonicalizeModel } from '../../../../src/loader/canonical/canonicalize-model.ts';
import { Findings } from '../../../../src/loader/findings.ts';
import { memberOf } from '../../../../src/loader/tree/nodes.ts';
import { plain, tree, written } from '../../../fakes/document-tree.ts';
import { drawn } from '../../../fakes/load-compose.ts';

function canonical(text: string, lenient = false): { readonly value: unknown; readonly said: readonly string[] } {
  const findings = new Findings();
  const model = canonicalizeModel(tree(text, 'compose.yaml'), { findings, lenient });
  return { value: plain(model), said: drawn(findings.diagnostics) };
}

function canonicalService(attributes: string): unknown {
  const { value, said } = canonical(`services: {a: {${attributes}}}`);
  expect(said).toEqual([]);
  return (value as { services: { a: unknown } }).services.a;
}

describe('canonicalizeModel', () => {
  it.each([
    ['build: ./x', { build: { context: './x' } }],
    ['depends_on: [b]', { depends_on: { b: { condition: 'service_started', required: true } } }],
    [
      'depends_on: {b: {condition: service_healthy}}',
      { depends_on: { b: { condition: 'service_healthy', required: true } } },
    ],
    ['env_file: a', { env_file: [{ path: 'a', required: true }] }],
    [
      'env_file: [a, {path: b, format: raw}, {path: c, required: false}]',
      {
        env_file: [
          { path: 'a', required: true },
          { path: 'b', format: 'raw', required: true },
          { path: 'c', required: false },
        ],
      },
    ],
    ['label_file: l', { label_file: ['l'] }],
    ['extends: b', { extends: { service: 'b' } }],
    ['networks: [n], models: [m]', { networks: { n: null }, models: { m: null } }],
    ['gpus: all', { gpus: [{ count: 'all' }] }],
    ['devices: [/dev/a]', { devices: [{ source: '/dev/a', target: '/dev/a', permissions: 'rwm' }] }],
    ['secrets: [s], configs: [c]', { secrets: [{ source: 's' }], configs: [{ source: 'c' }] }],
    ['dns: 1.1.1.1', { dns: ['1.1.1.1'] }],
    ['dns: ["", 1.1.1.1]', { dns: ['1.1.1.1'] }],
    [
      'volumes: ["data:/d:ro"]',
      {
        volumes: [{ type: 'volume', source: 'data', target: '/d', read_only: true, volume: {} }],
      },
    ],
    [
      'ports: [80-81, "90:90"]',
      {
        ports: [
          { mode: 'ingress', target: 80, protocol: 'tcp' },
          { mode: 'ingress', target: 81, protocol: 'tcp' },
          { mode: 'ingress', target: 90, published: '90', protocol: 'tcp' },
        ],
      },
    ],
    [
      'develop: {watch: [{path: ., ignore: x, include: [y]}]}',
      {
        develop: { watch: [{ path: '.', ignore: ['x'], include: ['y'] }] },
      },
    ],
    [
      'build: {ssh: [default, k=/p], additional_contexts: [a=b], secrets: [s], provenance: true, sbom: false}',
      {
        build: {
          ssh: { default: null, k: '/p' },
          additional_contexts: { a: 'b' },
          secrets: [{ source: 's' }],
          provenance: 'true',
          sbom: 'false',
        },
      },
    ],
  ])('expands %s', (attributes, expanded) => {
    expect(canonicalService(attributes)).toEqual(expanded);
  });

  it('expands an external resource with a name, and says that the form is outdated', () => {
    const { value, said } = canonical('volumes: {v: {external: {name: real}}, w: {external: {}}}');
    expect(value).toEqual({ volumes: { v: { external: true, name: 'real' }, w: { external: true } } });
    expect(said[0]).toContain('volumes.v: external.name is deprecated');
  });

  it.each([
    ['services: {a: {ports: [http]}}', '1:24 services.a.ports.0: Invalid containerPort: http'],
    ['services: {a: {ports: [1.5]}}', '1:24 services.a.ports.0: invalid type float64 for port'],
    ['services: {a: {ports: ["0"]}}', '1:24 services.a.ports.0: service ports is missing a target port'],
    ['services: {a: {volumes: [x, "b::c"]}}', undefined],
    [
      'services: {a: {volumes: ["bb::c"]}}',
      '1:26 services.a.volumes.0: invalid spec: bb::c: empty section between colons',
    ],
    [
      'services: {a: {devices: ["a:b:c:d"]}}',
      '1:26 services.a.devices.0: confusing device mapping, please use long syntax: a:b:c:d',
    ],
    ['services: {a: {build: {ssh: [k]}}}', '1:29 services.a.build.ssh: invalid ssh key "k"'],
    [
      'services: {a: {build: {additional_contexts: [k]}}}',
      '1:45 services.a.build.additional_contexts: invalid value k, expected key=value',
    ],
    ['volumes: {v: {name: a, external: {name: b}}}', '1:21 volumes.v: name and external.name conflict; only use name'],
  ])('points at what is wrong in %s', (text, error) => {
    const { said } = canonical(text);
    const errors = said.filter((line) => !line.includes('deprecated'));
    expect(errors).toEqual(error === undefined ? [] : [error]);
  });

  it('keeps what it cannot read, silently, when variables are not interpolated', () => {
    const text = 'services: {a: {ports: ["${P}:80", "90"], devices: ["a:b:c:d"]}}';
    expect(canonical(text, true)).toEqual({
      value: { services: { a: { ports: ['${P}:80', '90'], devices: ['a:b:c:d'] } } },
      said: [],
    });
  });

  it('tells what no variable could make right even then', () => {
    const text = 'services: {a: {ports: [65536, "${P}"], volumes: ["", "${V}:/v"]}}';
    expect(canonical(text, true).said).toEqual([
      '1:24 services.a.ports.0: Invalid containerPort: 65536',
      '1:50 services.a.volumes.0: invalid empty volume spec',
    ]);
  });

  it('lets every expanded value point at its short form', () => {
    const model = canonicalizeModel(tree('services: {a: {ports: ["80:81"]}}'), {
      findings: new Findings(),
      lenient: false,
    });
    const ports = memberOf(memberOf(memberOf(model, 'services'), 'a'), 'ports');
    const [port] = ports?.kind === 'sequence' ? ports.items : [];
    expect(written(memberOf(port, 'target'))).toBe('"80:81"');
  });
});
