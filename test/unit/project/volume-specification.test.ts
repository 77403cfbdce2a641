import { describe, expect, it } from 'vitest';
import { isPathLike, parseVolumeSpecification } from '../../../src/project/volume-specification.ts';

describe('parseVolumeSpecification', () => {
  it.each([
    ['/x', { type: 'volume', target: '/x' }],
    ['./a:/b//c/', { type: 'bind', source: './a', target: '/b/c', bind: { create_host_path: true } }],
    ['//', { type: 'volume', target: '/' }],
    ['/data', { type: 'volume', target: '/data', volume: {} }],
    ['data:/d', { type: 'volume', source: 'data', target: '/d', volume: {} }],
    ['./a:/b', { type: 'bind', source: './a', target: '/b', bind: { create_host_path: true } }],
    ['~/a:/b', { type: 'bind', source: '~/a', target: '/b', bind: { create_host_path: true } }],
    ['/a:/b:ro', { type: 'bind', source: '/a', target: '/b', read_only: true, bind: { create_host_path: true } }],
    ['data:/d:ro,rw', { type: 'volume', source: 'data', target: '/d', volume: {} }],
    ['data:/d:nocopy', { type: 'volume', source: 'data', target: '/d', volume: { nocopy: true } }],
    ['data:/d:z,Z', { type: 'volume', source: 'data', target: '/d', bind: { selinux: 'Z' }, volume: {} }],
    ['data:/d:cached,whatever', { type: 'volume', source: 'data', target: '/d', volume: {} }],
    [
      '/a:/b:rshared,z',
      {
        type: 'bind',
        source: '/a',
        target: '/b',
        bind: { propagation: 'rshared', selinux: 'z', create_host_path: true },
      },
    ],
    ['C:\\a:/b', { type: 'bind', source: 'C:\\a', target: '/b', bind: { create_host_path: true } }],
    [
      'C:\\a:D:\\b:ro',
      { type: 'bind', source: 'C:\\a', target: 'D:\\b', read_only: true, bind: { create_host_path: true } },
    ],
    ['D:\\data', { type: 'volume', target: 'D:\\data', volume: {} }],
    [
      '\\\\.\\pipe\\x:\\\\.\\pipe\\x',
      { type: 'bind', source: '\\\\.\\pipe\\x', target: '\\\\.\\pipe\\x', bind: { create_host_path: true } },
    ],
    ['${A:-./x}:/x', { type: 'volume', source: '${A:-./x}', target: '/x', volume: {} }],
    ['v:/v', { type: 'volume', target: 'v:/v', volume: {} }],
  ])('reads %s', (text, mount) => {
    expect(parseVolumeSpecification(text)).toEqual(mount);
  });

  it.each([
    ['', 'invalid empty volume spec'],
    ['ab::c', 'invalid spec: ab::c: empty section between colons'],
    [':/x', 'invalid spec: :/x: empty section between colons'],
    ['data:/b:ro:x', 'invalid spec: data:/b:ro:x: too many colons'],
  ])('refuses %j', (text, message) => {
    expect(() => parseVolumeSpecification(text)).toThrow(new RangeError(message));
  });
});

it('tells a path from the name of a volume', () => {
  expect(['./a', '/a', '~', '\\\\x', 'c:\\x', 'data', 'a/b', ''].map(isPathLike)).toEqual([
    true,
    true,
    true,
    true,
    true,
    false,
    false,
    false,
  ]);
});
