import { expect, it } from 'vitest';
import { type ItemKeyKind, itemKey } from '../../../src/loader/item-key.ts';
import { memberOf } from '../../../src/loader/tree/nodes.ts';
import { tree } from '../../fakes/document-tree.ts';

it.each<[ItemKeyKind, string, string | undefined]>([
  ['assignment', 'A=1=2', 'A'],
  ['assignment', '5', undefined],
  ['text', '80', '80'],
  ['text', '[80]', undefined],
  ['volume', '"data:/d:ro"', '/d'],
  ['volume', '{target: /t}', '/t'],
  ['volume', '""', undefined],
  ['device', '/dev/a', '/dev/a'],
  ['device', '"a:b:c:d"', undefined],
  ['port', '"80:80"', '80:80'],
  ['port', '{target: 80, published: 8080}', '0.0.0.0:8080:80/tcp'],
  ['port', '{target: 80, host_ip: 1.1.1.1, protocol: udp}', '1.1.1.1::80/udp'],
  ['secret', 's', '/run/secrets/s'],
  ['secret', '{source: s, target: t}', 't'],
  ['config', 'c', '/c'],
  ['config', '{}', undefined],
  ['env-file', 'e', 'e'],
  ['env-file', '{path: e}', 'e'],
])('of a %s %s', (kind, text, key) => {
  const item = memberOf(tree(`v: ${text}`), 'v');
  expect(item && itemKey(kind, item)).toBe(key);
});
