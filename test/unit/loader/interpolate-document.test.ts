import { describe, expect, it } from 'vitest';
import { Findings } from '../../../src/loader/findings.ts';
import { interpolateDocument } from '../../../src/loader/interpolate-document.ts';
import { plain, tree, written } from '../../fakes/document-tree.ts';
import { drawn } from '../../fakes/load-compose.ts';

const environment = new Map([
  ['TAG', '1'],
  ['WORD', 'maybe'],
  ['FLAG', 'yes'],
]);

function interpolate(text: string, strict = false): { readonly value: unknown; readonly said: readonly string[] } {
  const findings = new Findings();
  const lookup = (name: string): string | undefined => environment.get(name);
  const root = interpolateDocument(tree(text, 'compose.yaml'), { lookup, findings, strict });
  return { value: plain(root), said: drawn(findings.diagnostics) };
}

describe('interpolateDocument', () => {
  it('replaces variables in every value and in no key', () => {
    expect(interpolate('x-a: {"${TAG}": ["${TAG}", $TAG-$$, 5, true]}').value).toEqual({
      'x-a': { '${TAG}': ['1', '1-$', 5, true] },
    });
  });

  it('names a variable that is not set once, where it stands first', () => {
    expect(interpolate('a: x\nb: "y $NO"\nc: $NO').said).toEqual([
      '2:7 The "NO" variable is not set. Defaulting to a blank string.',
    ]);
  });

  it('refuses a variable that is not set when strict', () => {
    expect(interpolate('a: $NO', true).said).toEqual(['1:4 The "NO" variable is not set.']);
  });

  it('finds every required variable', () => {
    expect(interpolate('a: ${A:?no a}\nb:\n  - ${B?}').said).toEqual([
      '1:4 required variable A is missing a value: no a (a)',
      '3:5 required variable B is missing a value (b.[])',
    ]);
  });

  it('points at the part that is no template', () => {
    expect(interpolate('a: "ok ${TAG} ${V:x}"').said).toEqual([
      '1:15 invalid interpolation format for a: ok ${TAG} ${V:x}',
    ]);
  });

  it('turns texts into numbers and booleans where the specification wants them', () => {
    const text = `services:
  a:
    scale: "\${TAG}"
    cpus: "0.5"
    privileged: "TRUE"
    ports: [{target: "80"}]
    ulimits: {nofile: "5", core: {soft: "1", hard: 2}}
    healthcheck: {retries: "3", disable: "false"}
networks: {n: {external: "\${FLAG}"}}`;
    const { value, said } = interpolate(text);
    expect(value).toEqual({
      services: {
        a: {
          scale: 1,
          cpus: 0.5,
          privileged: true,
          ports: [{ target: 80 }],
          ulimits: { nofile: 5, core: { soft: 1, hard: 2 } },
          healthcheck: { retries: 3, disable: false },
        },
      },
      networks: { n: { external: true } },
    });
    expect(said).toEqual(['9:26 "yes" for boolean is not supported by YAML 1.2, please use `true`']);
  });

  it('says where a text is neither number nor boolean', () => {
    expect(interpolate('services: {a: {scale: "${UNSET-}", tty: "$WORD"}}').said).toEqual([
      '1:23 services.a.scale: failed to cast to expected type: parsing "": invalid syntax, expected a whole number',
      '1:41 services.a.tty: failed to cast to expected type: invalid boolean: maybe',
    ]);
  });

  it('shares what it does not change', () => {
    const root = tree('x-a: {b: [1, two]}\nx-c: $TAG');
    const changed = interpolateDocument(root, {
      lookup: (name) => environment.get(name),
      findings: new Findings(),
      strict: false,
    });
    expect(changed.entries.get('x-a')).toBe(root.entries.get('x-a'));
    expect(written(changed.entries.get('x-c')?.value)).toBe('$TAG');
  });
});
