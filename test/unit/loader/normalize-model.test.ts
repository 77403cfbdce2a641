import { describe, expect, it } from 'vitest';
import { normalizeModel } from '../../../src/loader/normalize-model.ts';
import { plain, tree } from '../../fakes/document-tree.ts';

function normalized(text: string): unknown {
  const lookup = (name: string): string | undefined => (name === 'SET' ? 'value' : undefined);
  return plain(normalizeModel(tree(text), { projectName: 'p', lookup }));
}

describe('normalizeModel', () => {
  it('lets services join the default network, which then exists', () => {
    const text =
      'services: {a: {}, b: {networks: {}}, c: {network_mode: host}, d: {provider: {type: t}}, e: {networks: {n: }}}';
    expect(normalized(text)).toEqual({
      services: {
        a: { networks: { default: null } },
        b: { networks: { default: null } },
        c: { network_mode: 'host' },
        d: { provider: { type: 't' } },
        e: { networks: { n: null } },
      },
      networks: { default: { name: 'p_default' } },
    });
  });

  it('adds no default network that nothing uses, and keeps one that is declared', () => {
    expect(normalized('services: {a: {network_mode: none}}')).toEqual({ services: { a: { network_mode: 'none' } } });
    expect(normalized('services: {a: {}}\nnetworks: {default: {driver: d}}')).toMatchObject({
      networks: { default: { driver: 'd', name: 'p_default' } },
    });
  });

  it('names resources by project and key, by key when external, or as told', () => {
    const text =
      'volumes: {v: , e: {external: true}, n: {name: own}}\nconfigs: {c: {file: x}}\nsecrets: {s: {name: ""}}';
    expect(normalized(text)).toEqual({
      volumes: { v: { name: 'p_v' }, e: { external: true, name: 'e' }, n: { name: 'own' } },
      configs: { c: { file: 'x', name: 'p_c' } },
      secrets: { s: { name: 'p_s' } },
    });
  });

  it('completes a build', () => {
    const text = `services:
  a: {network_mode: none, build: {args: {SET: , UNSET: , OWN: 1}}}
  b: {network_mode: none, build: {args: [SET, UNSET, OWN=1], dockerfile_inline: FROM x}}
  c: {network_mode: none, build: {dockerfile: ""}}`;
    expect(normalized(text)).toEqual({
      services: {
        a: { network_mode: 'none', build: { args: { SET: 'value', OWN: 1 }, dockerfile: 'Dockerfile' } },
        b: { network_mode: 'none', build: { args: ['SET=value', 'OWN=1'], dockerfile_inline: 'FROM x' } },
        c: { network_mode: 'none', build: { dockerfile: '' } },
      },
    });
  });

  it('calls a pull policy by its one name', () => {
    expect(normalized('services: {a: {network_mode: none, pull_policy: if_not_present}}')).toMatchObject({
      services: { a: { pull_policy: 'missing' } },
    });
  });
});
