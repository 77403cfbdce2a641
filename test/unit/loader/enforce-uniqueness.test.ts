import { describe, expect, it } from 'vitest';
import { enforceUniqueness } from '../../../src/loader/enforce-uniqueness.ts';
import { memberOf } from '../../../src/loader/tree/nodes.ts';
import { plain, tree, written } from '../../fakes/document-tree.ts';

function unique(attributes: string): unknown {
  return plain(memberOf(memberOf(enforceUniqueness(tree(`services: {a: {${attributes}}}`)), 'services'), 'a'));
}

describe('enforceUniqueness', () => {
  it.each([
    ['environment: [A=1, B=1, A=2]', { environment: ['A=2', 'B=1'] }],
    ['cap_add: [X, Y, X], dns: [a, a], profiles: [p, p]', { cap_add: ['X', 'Y'], dns: ['a'], profiles: ['p'] }],
    ['tmpfs: ["/x:size=1", "/x:size=2", /x]', { tmpfs: ['/x:size=2', '/x'] }],
    [
      'volumes: ["one:/x", "two:/y", {type: volume, source: c, target: /x}]',
      { volumes: [{ type: 'volume', source: 'c', target: '/x' }, 'two:/y'] },
    ],
    ['devices: ["/a:/x", "/b:/x:r", /x]', { devices: ['/x'] }],
    ['ports: ["80", 80, "80:80"]', { ports: [80, '80:80'] }],
    [
      'ports: [{target: 80}, {target: 80, host_ip: 0.0.0.0, protocol: tcp, name: n}, {target: 80, protocol: udp}]',
      {
        ports: [
          { target: 80, host_ip: '0.0.0.0', protocol: 'tcp', name: 'n' },
          { target: 80, protocol: 'udp' },
        ],
      },
    ],
    [
      'ports: [{target: 80, published: 80}, {target: 80, published: "80"}]',
      { ports: [{ target: 80, published: '80' }] },
    ],
    ['volumes: ["./a:/x", "./b:/x/"]', { volumes: ['./b:/x/'] }],
    ['secrets: [s, {source: t, target: /run/secrets/s}]', { secrets: [{ source: 't', target: '/run/secrets/s' }] }],
    ['configs: [c, {source: d, target: /c}]', { configs: [{ source: 'd', target: '/c' }] }],
    ['expose: [80, "80", 81]', { expose: ['80', 81] }],
    ['env_file: [a.env, {path: a.env, required: false}]', { env_file: [{ path: 'a.env', required: false }] }],
    ['build: {args: [A=1, A=2], tags: [t, t]}', { build: { args: ['A=2'], tags: ['t'] } }],
    ['networks: {n: {aliases: [x, x]}}', { networks: { n: { aliases: ['x'] } } }],
    ['deploy: {labels: [l=1, l=2]}', { deploy: { labels: ['l=2'] } }],
    ['security_opt: [x, x], group_add: [1, 1]', { security_opt: ['x', 'x'], group_add: [1, 1] }],
    ['volumes: ["", ""], ports: [[1], [1]]', { volumes: ['', ''], ports: [[1], [1]] }],
  ])('reduces %s', (attributes, reduced) => {
    expect(unique(attributes)).toEqual(reduced);
  });

  it('reduces the labels of networks, not those of volumes', () => {
    const text = 'networks: {n: {labels: [l=1, l=2]}}\nvolumes: {v: {labels: [l=1, l=2]}}';
    expect(plain(enforceUniqueness(tree(text)))).toEqual({
      networks: { n: { labels: ['l=2'] } },
      volumes: { v: { labels: ['l=1', 'l=2'] } },
    });
  });

  it('remembers what an item took the place of', () => {
    const model = enforceUniqueness(tree('services: {a: {dns_opt: [o=1, o=2]}}'));
    const list = memberOf(memberOf(memberOf(model, 'services'), 'a'), 'dns_opt');
    const [item] = list?.kind === 'sequence' ? list.items : [];
    expect([written(item), written(item?.replaced)]).toEqual(['o=2', 'o=1']);
  });
});
