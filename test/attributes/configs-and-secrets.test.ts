import { describe, expect, it } from 'vitest';
import { itReads, itRefuses } from '../fakes/attribute-tables.ts';
import { projectOf } from '../fakes/load-compose.ts';

const sections = 'secrets: {s: {file: ./s}}\nconfigs: {c: {file: ./c}}';

describe('configs and secrets of a service', () => {
  itReads([
    [
      'secrets: [s], configs: [c]',
      { secrets: [{ source: 's', target: '/run/secrets/s' }], configs: [{ source: 'c' }] },
      sections,
    ],
    [
      'secrets: [{source: s, target: t, uid: "1", gid: "2", mode: 0440}, {source: s, target: u, mode: "400"}]',
      {
        secrets: [
          { source: 's', target: 't', uid: '1', gid: '2', mode: '0440' },
          { source: 's', target: 'u', mode: '0400' },
        ],
      },
      sections,
    ],
    [
      'configs: [{source: c, target: /x, mode: 288}]',
      { configs: [{ source: 'c', target: '/x', mode: '0440' }] },
      sections,
    ],
  ]);
  itRefuses([
    ['secrets: [s]', '11 service "a" refers to undefined secret s'],
    ['configs: [c]', '11 service "a" refers to undefined config c'],
    [
      'secrets: [{source: s, mode: "9z"}]',
      '29 services.a.secrets.0.mode: parsing "9z": invalid syntax, expected octal digits',
    ],
    [
      'secrets: [{source: s, permissions: 1}]',
      "23 services.a.secrets.0 additional properties 'permissions' not allowed",
    ],
  ]);
});

describe('configs and secrets of the project', () => {
  it('keep where their content comes from', async () => {
    const { configs, secrets } = await projectOf(
      `services: {a: {image: x, configs: [f, e, t], secrets: [v, x]}}
configs: {f: {file: ./f, labels: [l]}, e: {environment: E}, t: {content: "a \${V}$$"}}
secrets: {v: {environment: V}, x: {external: true, name: real}}`,
      { request: { environment: { V: 'value' } } },
    );
    expect(JSON.parse(JSON.stringify({ configs, secrets }))).toEqual({
      configs: {
        e: { name: 'proj_e', environment: 'E' },
        f: { name: 'proj_f', file: '/code/proj/f', labels: { l: '' } },
        t: { name: 'proj_t', content: 'a value$' },
      },
      secrets: { v: { name: 'proj_v', environment: 'V' }, x: { name: 'real', external: true } },
    });
  });
});
